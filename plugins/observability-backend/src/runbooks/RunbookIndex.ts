import { lastTestOf } from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { EntityFact, EntityFacts } from '../catalog/EntityFacts';
import { withoutAnchor } from './links/withoutAnchor';
import { LinkStore } from './links/LinkStore';
import { LookupDocument, RunbookLookup } from './lookup';
import { RunFigures, RunbookRunStore } from './runs/RunbookRunStore';
import { RunbookStore, SourceState, StoredRunbook } from './store/RunbookStore';
import { ownerOf } from './ownerOf';

/** The catalog changes without telling: what is kept of it is read anew after this. */
const ENTITIES_MS = 60_000;
/** How many texts are read from the database at once. */
const TEXTS_AT_ONCE = 200;

/** A runbook with all that counts for it, without its text. */
export interface IndexedRunbook extends StoredRunbook {
  /** Those that it declares, else those that it was found through. */
  entityRefs: string[];
  /** Reference of a group or user, or the text that stands in it. */
  owner?: string;
  /** What it says itself, or a later run that worked. */
  lastTested?: string;
  figures?: RunFigures;
  /** Its links that nothing answers at, its own address among them. */
  deadLinks: string[];
}

/**
 * All runbooks in the memory of this process, without their texts, and the
 * search over them. Follows the database: a number there tells that something
 * has changed, and only what differs is read.
 */
export class RunbookIndex {
  readonly lookup = new RunbookLookup();
  readonly #store: RunbookStore;
  readonly #runs: RunbookRunStore;
  readonly #links: LinkStore;
  readonly #entities: EntityFacts;
  readonly #now: () => number;
  #stored = new Map<string, StoredRunbook>();
  #runbooks: ReadonlyMap<string, IndexedRunbook> = new Map();
  #sources: SourceState[] = [];
  #facts: ReadonlyMap<string, EntityFact> = new Map();
  #factsAt = -Infinity;
  #revision: number | undefined;
  #running: Promise<void> | undefined;

  constructor(options: {
    store: RunbookStore;
    runs: RunbookRunStore;
    links: LinkStore;
    entities: EntityFacts;
    now?: () => number;
  }) {
    this.#store = options.store;
    this.#runs = options.runs;
    this.#links = options.links;
    this.#entities = options.entities;
    this.#now = options.now ?? Date.now;
  }

  /** All runbooks, as of now. */
  async runbooks(): Promise<ReadonlyMap<string, IndexedRunbook>> {
    await this.sync();
    return this.#runbooks;
  }

  /** What the catalog's entities are, as of the last minute. */
  async entities(): Promise<ReadonlyMap<string, EntityFact>> {
    await this.sync();
    return this.#facts;
  }

  async sources(): Promise<readonly SourceState[]> {
    await this.sync();
    return this.#sources;
  }

  /** Follows the database; those who ask at once wait together. */
  async sync(): Promise<void> {
    this.#running ??= this.#sync().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #sync(): Promise<void> {
    const revision = await this.#store.revision();
    const now = this.#now();
    const areFactsOld = now - this.#factsAt >= ENTITIES_MS;
    if (revision === this.#revision && !areFactsOld) {
      return;
    }
    if (areFactsOld) {
      this.#facts = await this.#entities.all();
      this.#factsAt = now;
    }
    const [revisions, sources, sourceIds, figures, dead] = await Promise.all([
      this.#store.revisions(),
      this.#store.sources(),
      this.#store.sourcesByRunbook(),
      this.#runs.figures(),
      this.#links.dead(),
    ]);
    const changed = [...revisions.keys()].filter(
      id => this.#stored.get(id)?.revision !== revisions.get(id),
    );
    for (const runbook of await this.#store.load(changed)) {
      this.#stored.set(runbook.id, runbook);
    }
    for (const id of this.#stored.keys()) {
      if (!revisions.has(id)) {
        this.#stored.delete(id);
        this.lookup.discard(id);
      }
    }
    const context: Context = {
      sources: new Map(sources.map(source => [source.id, source])),
      sourceIds,
      figures: new Map(figures.map(each => [each.runbookId, each])),
      dead,
      now: new Date(now),
      facts: this.#facts,
    };
    const runbooks = new Map(
      [...this.#stored.values()].map(stored => [
        stored.id,
        complete(stored, context),
      ]),
    );
    await this.#index([...runbooks.values()]);
    this.#runbooks = runbooks;
    this.#sources = sources;
    this.#revision = revision;
  }

  async #index(runbooks: IndexedRunbook[]): Promise<void> {
    const changed = runbooks.filter(
      runbook => this.lookup.revisionOf(runbook.id) !== revisionOf(runbook),
    );
    for (let start = 0; start < changed.length; start += TEXTS_AT_ONCE) {
      const some = changed.slice(start, start + TEXTS_AT_ONCE);
      const texts = await this.#store.searchTexts(some.map(({ id }) => id));
      await this.lookup.putAll(
        some.flatMap((runbook): LookupDocument[] => {
          const text = texts.get(runbook.id);
          return text
            ? [
                {
                  ...text,
                  id: runbook.id,
                  revision: revisionOf(runbook),
                  entityRefs: runbook.entityRefs,
                  ...(runbook.owner ? { owner: runbook.owner } : {}),
                  ...(runbook.lastTested
                    ? { lastTested: runbook.lastTested }
                    : {}),
                  runsThatWorked: runbook.figures?.worked ?? 0,
                },
              ]
            : [];
        }),
      );
    }
  }
}

interface Context {
  sources: ReadonlyMap<string, SourceState>;
  sourceIds: ReadonlyMap<string, string[]>;
  figures: ReadonlyMap<string, RunFigures>;
  dead: ReadonlyMap<string, string>;
  now: Date;
  facts: ReadonlyMap<string, EntityFact>;
}

function complete(stored: StoredRunbook, context: Context): IndexedRunbook {
  const sourceIds = context.sourceIds.get(stored.id) ?? [];
  const entityRefs =
    stored.facts.services.length > 0
      ? stored.facts.services
      : [
          ...new Set(
            sourceIds.flatMap(id => context.sources.get(id)?.entityRefs ?? []),
          ),
        ].sort();
  const figures = context.figures.get(stored.id);
  const lastTested = lastTestOf({
    declared: stored.facts.lastTested,
    lastRunThatWorked: figures?.lastWorkedAt,
    now: context.now,
  });
  const owner = ownerOf(stored.facts.owner, entityRefs, context.facts);
  const links = [
    ...(stored.hasText ? [] : [stored.url]),
    ...stored.facts.links,
  ];
  return {
    ...stored,
    sourceIds,
    entityRefs,
    ...(owner ? { owner } : {}),
    ...(lastTested ? { lastTested } : {}),
    ...(figures ? { figures } : {}),
    deadLinks: [...new Set(links.map(withoutAnchor))].filter(link =>
      context.dead.has(link),
    ),
  };
}

/** Of all that the search looks at. */
function revisionOf(runbook: IndexedRunbook): string {
  return JSON.stringify([
    runbook.revision,
    runbook.entityRefs,
    runbook.owner,
    runbook.lastTested,
    runbook.figures?.worked,
  ]);
}
