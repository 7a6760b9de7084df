import { LoggerService } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { runbookId as idOfUrl } from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toStorable } from '../../database/database';
import { RunbookSignals } from '../RunbookSignals';
import { SourceRecord } from '../store/RunbookRecord';
import { ClaimedSource, RunbookStore } from '../store/RunbookStore';
import { hashOf, READER_VERSION, sourcesOf, urlHashOf } from './RunbookSource';
import {
  NotReadableError,
  readSource,
  SourceReaderOptions,
} from './readSource';
import { SourceDocument, SourceReading } from './SourceReading';
import { toPageRecord, toRunbookRecord } from './toRunbookRecord';

/** A source that takes longer is given up, and tried again when it is due. */
const SOURCE_TIMEOUT_MS = 60_000;
/** A process that was cut off while it read leaves the source to others after this. */
const LEASE_MS = 5 * 60_000;
/** How many texts are parsed before something else has its turn. */
const TEXTS_A_TURN = 10;
const LONGEST_PROBLEM = 2000;

/**
 * Reads runbooks from where they are written.
 *
 * Each place is read by itself: whoever claims it reads it, so that replicas
 * never read the same one at once. A place that says it has not changed costs one
 * request; of one that has, only texts with another content are parsed. What
 * cannot be read stays as it was, and says since when.
 */
export class RunbookCollector {
  readonly #store: RunbookStore;
  readonly #signals: RunbookSignals;
  readonly #reading: SourceReaderOptions;
  readonly #integrations: ScmIntegrations;
  readonly #locations: readonly string[];
  readonly #refreshMs: number;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    store: RunbookStore;
    signals: RunbookSignals;
    reading: SourceReaderOptions;
    /** Those of the configuration. */
    locations: readonly string[];
    refreshMs: number;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#signals = options.signals;
    this.#reading = options.reading;
    this.#integrations = options.reading.integrations;
    this.#locations = options.locations;
    this.#refreshMs = options.refreshMs;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /** Reads all places that are due. */
  async run(signal: AbortSignal): Promise<void> {
    const before = await this.#store.revision();
    await this.#store.syncSources(
      sourcesOf({
        locations: this.#locations,
        entityLocations: await this.#store.entityLocations(),
        integrations: this.#integrations,
      }),
      this.#iso(),
    );
    while (!signal.aborted) {
      const source = await this.#store.claimSource({
        now: this.#iso(),
        until: this.#iso(LEASE_MS),
      });
      if (!source) {
        break;
      }
      await this.#collect(source, signal);
    }
    if ((await this.#store.revision()) !== before) {
      await this.#signals.publishRunbooks();
    }
  }

  async #collect(source: ClaimedSource, signal: AbortSignal): Promise<void> {
    let reading: SourceReading | 'page' | undefined;
    try {
      reading =
        source.kind === 'page' ? 'page' : await this.#read(source, signal);
    } catch (error) {
      if (error instanceof NotReadableError && source.kind === 'link') {
        reading = 'page';
      } else {
        const problem = `${source.location} ${(error as Error).message}`;
        this.#logger.warn(`Runbooks: ${problem}`);
        await this.#release(source, problem);
        return;
      }
    }
    if (reading === undefined) {
      await this.#release(source);
      return;
    }
    const known = await this.#store.documentsOf(source.id);
    const records =
      reading === 'page'
        ? this.#pageRecords(source, known)
        : await this.#records(reading.documents, known);
    const omission =
      reading === 'page' ? undefined : reading.problems.join('. ') || undefined;
    await this.#store.saveSource(source, {
      records,
      etag: reading === 'page' ? undefined : reading.etag,
      omission: omission && storableProblem(`${source.location}: ${omission}`),
      now: this.#iso(),
      nextRunAt: this.#iso(this.#refreshMs),
    });
  }

  async #read(
    source: ClaimedSource,
    signal: AbortSignal,
  ): Promise<SourceReading | undefined> {
    const ending = new AbortController();
    const stop = () => ending.abort();
    const timer = setTimeout(stop, SOURCE_TIMEOUT_MS);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([
        readSource(
          {
            location: source.location,
            etag: source.etag,
            signal: ending.signal,
          },
          this.#reading,
        ),
        // Not every integration heeds the signal.
        new Promise<never>((_, reject) =>
          ending.signal.addEventListener('abort', () =>
            reject(new Error('cannot be read: it took too long')),
          ),
        ),
      ]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  #pageRecords(
    source: ClaimedSource,
    known: Map<string, SourceRecord>,
  ): SourceRecord[] {
    const urlHash = urlHashOf(source.location);
    const before = known.get(urlHash);
    const record = toPageRecord(source, {
      id: before?.runbookId ?? idOfUrl({ url: source.location }),
      now: this.#iso(),
    });
    const { id: runbookId, contentHash } = record;
    return [
      {
        urlHash,
        contentHash,
        runbookId,
        ...(before?.contentHash === contentHash ? {} : { record }),
      },
    ];
  }

  /** What is to be stored of the files of a source, and which of them are the same as before. */
  async #records(
    documents: SourceDocument[],
    known: Map<string, SourceRecord>,
  ): Promise<SourceRecord[]> {
    const hashed = new Map(
      documents.map(document => [
        urlHashOf(document.url),
        { document, contentHash: documentHash(document) },
      ]),
    );
    const vanished = new Map(
      [...known.values()]
        .filter(({ urlHash }) => !hashed.has(urlHash))
        .map(record => [record.contentHash, record]),
    );
    const records: SourceRecord[] = [];
    const taken = new Set<string>();
    const open: {
      urlHash: string;
      document: SourceDocument;
      contentHash: string;
      /** The runbook that it is already, or was under another name. */
      runbookId?: string;
    }[] = [];
    for (const [urlHash, { document, contentHash }] of hashed) {
      const before = known.get(urlHash);
      if (before?.contentHash === contentHash) {
        records.push({ urlHash, contentHash, runbookId: before.runbookId });
        taken.add(before.runbookId);
        continue;
      }
      let runbookId = before?.runbookId;
      const renamed = before ? undefined : vanished.get(contentHash);
      if (renamed) {
        vanished.delete(contentHash);
        runbookId = renamed.runbookId;
      }
      open.push({ urlHash, document, contentHash, runbookId });
    }

    const elsewhere = await this.#store.runbookIdsOf(
      open.map(({ urlHash }) => urlHash),
    );
    let count = 0;
    for (const { urlHash, document, contentHash, ...found } of open) {
      const runbookId = found.runbookId ?? elsewhere.get(urlHash);
      const own = idOfUrl({ url: document.url });
      let declared: string | undefined;
      const now = this.#iso();
      const parse = (isFree: (id: string) => boolean) =>
        toRunbookRecord(document, {
          now,
          isKnown: runbookId !== undefined,
          idOf: ({ declaredId }) => {
            declared = declaredId;
            const isTaken = declaredId !== undefined && !isFree(declaredId);
            return {
              id: isTaken ? own : declaredId ?? runbookId ?? own,
              isTaken,
            };
          },
        });
      let record = parse(id => !taken.has(id));
      if (declared !== undefined && record.id === declared) {
        const holder = (await this.#store.urlHashesOf([declared])).get(
          declared,
        );
        const isOurs =
          holder === undefined ||
          holder === urlHash ||
          // It stood elsewhere in this source before.
          (known.get(holder)?.runbookId === declared && !hashed.has(holder));
        if (!isOurs) {
          record = parse(() => false);
        }
      }
      taken.add(record.id);
      records.push({
        urlHash,
        contentHash,
        runbookId: record.id,
        ...(runbookId === undefined || runbookId === record.id
          ? {}
          : { formerId: runbookId }),
        record,
      });
      count += 1;
      if (count % TEXTS_A_TURN === 0) {
        await nextTurn();
      }
    }
    return records;
  }

  /** What it held stays; without a problem it is as it was. */
  async #release(source: ClaimedSource, problem?: string): Promise<void> {
    await this.#store.releaseSource(source, {
      problem: problem && storableProblem(problem),
      now: this.#iso(),
      nextRunAt: this.#iso(this.#refreshMs),
    });
  }

  #iso(laterMs = 0): string {
    return new Date(this.#now().getTime() + laterMs).toISOString();
  }
}

function storableProblem(problem: string): string {
  return toStorable(problem).slice(0, LONGEST_PROBLEM);
}

function documentHash({ text, url }: SourceDocument): string {
  return hashOf(`${READER_VERSION}\n${text.length === 0 ? url : text}`);
}
