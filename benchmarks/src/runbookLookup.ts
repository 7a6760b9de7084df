/*
 * How long it takes to find a runbook among 5,000, what the index costs to
 * build and to keep, and how often the right one is among the first three;
 * beside the portal's own search engine on the same documents.
 *
 *   yarn workspace @watchkeeper/benchmarks runbook-lookup
 */
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 5_000);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** Of all that people see on the way to a query, every so many letters. */
const TYPING_STEP = 7;
/** The portal's engine takes long, so it is asked fewer. */
const ENGINE_STEP = 5;
const SERVICES = 500;
const TYPE = 'observability-runbooks';

/** What is used here of the lookup, which the back end keeps to itself. */
interface Lookup {
  putAll(documents: readonly Runbook[]): Promise<void>;
  find(query: {
    text: string;
    limit: number;
    near?: { entityRef: string };
  }): { id: string }[];
}
interface Runbook {
  id: string;
  title: string;
  fileName?: string;
  alerts: readonly string[];
  symptoms: readonly string[];
  tags: readonly string[];
  headings: readonly string[];
  body: string;
  entityRefs: readonly string[];
}
type Query = readonly [text: string, ...ids: string[]];

const folder = resolvePackagePath(
  '@watchkeeper/backstage-plugin-observability-backend',
  'src/runbooks/lookup',
);
/** Runbooks that others wrote, kept outside the repository and read where they are at hand. */
const corpusFolder = path.resolve(
  folder,
  '../../../../../../shared/reference/corpora/runbooks-prometheus-operator',
);

async function load() {
  const { RunbookLookup }: { RunbookLookup: new () => Lookup } = await import(
    folder
  );
  const { runbooks }: { runbooks: readonly Runbook[] } = await import(
    path.join(folder, '__fixtures__/runbooks')
  );
  const {
    queries,
    kubernetesQueries,
  }: { queries: readonly Query[]; kubernetesQueries: readonly Query[] } =
    await import(path.join(folder, '__fixtures__/queries'));
  const { readRunbooks }: { readRunbooks(from: string): Runbook[] } =
    await import(path.join(folder, '__fixtures__/readRunbook'));
  const own = [
    ...runbooks,
    ...readRunbooks(path.resolve(folder, '../../../../../examples/runbooks')),
  ];
  const corpus = existsSync(corpusFolder) ? readRunbooks(corpusFolder) : [];
  return {
    RunbookLookup,
    seeds: [...own, ...corpus],
    queries: corpus.length > 0 ? [...queries, ...kubernetesQueries] : queries,
  };
}

/** Each again for other services, with a part of another runbook in its text. */
function multiply(seeds: readonly Runbook[]): Runbook[] {
  return Array.from({ length: DOCUMENTS }, (_, index) => {
    const seed = seeds[index % seeds.length];
    const copy = Math.floor(index / seeds.length);
    if (copy === 0) {
      return seed;
    }
    const other = seeds[(index * 7 + copy) % seeds.length];
    const service = `service-${index % SERVICES}`;
    return {
      ...seed,
      id: `${seed.id}-${copy}`,
      title: `${seed.title} (${service})`,
      fileName: `${service}/${seed.id}-${copy}.md`,
      alerts: seed.alerts.map(name => `${name}${copy}`),
      body: `${seed.body}\n\n## See also\n\n${other.body.slice(0, 600)}`,
      entityRefs: [`component:default/${service}`],
    };
  });
}

/** As a search collator would hand them over. */
function searchDocumentOf(runbook: Runbook) {
  return {
    title: runbook.title,
    text: [
      ...runbook.alerts,
      ...runbook.symptoms,
      ...runbook.tags,
      runbook.body,
    ].join('\n'),
    location: runbook.id,
  };
}

async function fillEngine(documents: readonly Runbook[]) {
  const engine = new LunrSearchEngine({
    logger: mockServices.rootLogger({ level: 'error' }),
  });
  await pipeline(
    Readable.from(documents.map(searchDocumentOf)),
    await engine.getIndexer(TYPE),
  );
  return engine;
}

async function askEngine(engine: LunrSearchEngine, text: string) {
  const { results } = await engine.query({
    term: text,
    types: [TYPE],
    pageLimit: 3,
  });
  return results.slice(0, 3).map(result => result.document.location);
}

/** What people see while they type: from the second letter on. */
function typingOf(queries: readonly Query[]): string[] {
  return queries
    .flatMap(([text]) =>
      Array.from({ length: Math.max(0, text.length - 2) }, (_, index) =>
        text.slice(0, index + 2),
      ),
    )
    .filter((_, index) => index % TYPING_STEP === 0);
}

/** What somebody waits, and what the processor works: other work on the machine is in the first alone. */
async function timeEach(
  name: string,
  texts: readonly string[],
  ask: (text: string) => unknown,
): Promise<void> {
  for (const text of texts) {
    await ask(text);
  }
  const waits: number[] = [];
  const works: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of texts) {
      const start = performance.now();
      const before = process.cpuUsage();
      await ask(text);
      const { user, system } = process.cpuUsage(before);
      waits.push(performance.now() - start);
      works.push((user + system) / 1000);
    }
  }
  print(name, `${spread(waits)}  processor ${spread(works)}`);
}

function spread(times: number[]): string {
  times.sort((one, other) => one - other);
  const at = (fraction: number) =>
    times[
      Math.min(times.length - 1, Math.floor(times.length * fraction))
    ].toFixed(1);
  return `p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)} ms`;
}

async function measureBuild<T>(
  name: string,
  build: () => Promise<T>,
): Promise<T> {
  const before = heapMegabytes();
  const start = process.cpuUsage();
  const built = await build();
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  print(
    name,
    `${seconds.toFixed(1)} s of a processor, ${(
      heapMegabytes() - before
    ).toFixed(0)} MB kept`,
  );
  return built;
}

function heapMegabytes(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function measureQuality(
  name: string,
  queries: readonly Query[],
  ask: (text: string) => Promise<string[]> | string[],
): Promise<void> {
  let first = 0;
  let inTopThree = 0;
  for (const [text, ...wanted] of queries) {
    const found = await ask(text);
    first += wanted.includes(found[0]) ? 1 : 0;
    inTopThree += found.some(id => wanted.includes(id)) ? 1 : 0;
  }
  const percent = (count: number) =>
    `${((100 * count) / queries.length).toFixed(1)} %`;
  print(
    name,
    `${percent(inTopThree)} in the top three, ${percent(first)} first (${
      queries.length
    } queries)`,
  );
}

function print(name: string, figures: string): void {
  process.stdout.write(`${name.padEnd(44)} ${figures}\n`);
}

async function main(): Promise<void> {
  const { RunbookLookup, seeds, queries } = await load();
  const texts = queries.map(([text]) => text);

  const small = new RunbookLookup();
  await small.putAll(seeds);
  await measureQuality('Watchkeeper', queries, text =>
    small.find({ text, limit: 3 }).map(({ id }) => id),
  );
  const smallEngine = await fillEngine(seeds);
  await measureQuality("the portal's search", queries, text =>
    askEngine(smallEngine, text),
  );

  const documents = multiply(seeds);
  const characters = documents.reduce((sum, { body }) => sum + body.length, 0);
  print(
    `${DOCUMENTS} documents`,
    `${(characters / 2 ** 20).toFixed(1)} million characters`,
  );
  const lookup = await measureBuild('Watchkeeper, build', async () => {
    const built = new RunbookLookup();
    await built.putAll(documents);
    return built;
  });
  const engine = await measureBuild("the portal's search, build", () =>
    fillEngine(documents),
  );
  await timeEach('Watchkeeper', texts, text =>
    lookup.find({ text, limit: 10 }),
  );
  await timeEach('Watchkeeper, beside a service', texts, text =>
    lookup.find({
      text,
      limit: 10,
      near: { entityRef: 'component:default/service-7' },
    }),
  );
  await timeEach('Watchkeeper, while typing', typingOf(queries), text =>
    lookup.find({ text, limit: 10 }),
  );
  await timeEach(
    "the portal's search",
    texts.filter((_, index) => index % ENGINE_STEP === 0),
    text => askEngine(engine, text),
  );
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
