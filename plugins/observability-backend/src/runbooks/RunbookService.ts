import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  Runbook,
  RunbookList,
  RunbookListQuery,
  RunbookQuery,
  runbookReadPermission,
  RunbookSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { EntityFacts } from '../catalog/EntityFacts';
import { offsetOf, pageOf } from './pages';
import { RunbookDetails } from './RunbookDetails';
import { IndexedRunbook, RunbookIndex } from './RunbookIndex';
import { LookupResult } from './lookup';
import { IsReadable, isVisible, toMatch, toSummary } from './summaries';

/** More answers to a search nobody reads. */
const MAXIMUM_MATCHES = 200;
/** How many are offered where nothing matches. */
const MAXIMUM_SUGGESTIONS = 10;

/** Answers which runbooks there are and what they say, each within what the caller may see. */
export class RunbookService {
  readonly #index: RunbookIndex;
  readonly #details: RunbookDetails;
  readonly #entities: EntityFacts;
  readonly #access: EntityAccess;
  readonly #now: () => Date;

  constructor(options: {
    index: RunbookIndex;
    details: RunbookDetails;
    entities: EntityFacts;
    access: EntityAccess;
    now?: () => Date;
  }) {
    this.#index = options.index;
    this.#details = options.details;
    this.#entities = options.entities;
    this.#access = options.access;
    this.#now = options.now ?? (() => new Date());
  }

  /** Finds runbooks by what is wrong, or lists them. */
  async list(
    query: RunbookListQuery,
    credentials: BackstageCredentials,
  ): Promise<RunbookList> {
    await this.#access.assertPermission(credentials, runbookReadPermission);
    if (query.entityRef !== undefined) {
      await this.#access.assertReadable(credentials, query.entityRef, false);
    }
    const isReadable = await this.readableBy(credentials);
    const runbooks = await this.#index.runbooks();
    const wanted = (runbook: IndexedRunbook | undefined) =>
      runbook !== undefined &&
      isVisible(runbook, isReadable) &&
      this.#passes(runbook, query);
    const isSearch =
      (query.q ?? query.alert ?? query.entityRef) !== undefined &&
      [query.q, query.alert, query.entityRef].some(text => text?.trim());
    const offset = offsetOf(query.cursor);
    const found = isSearch
      ? await this.#search(query, id => wanted(runbooks.get(id)), isReadable)
      : {
          items: [...runbooks.values()]
            .filter(wanted)
            .sort(byTitle)
            .map(runbook =>
              toSummary(runbook, { isReadable, now: this.#now() }),
            ),
        };
    return {
      ...found,
      ...pageOf(found.items, offset, query.limit),
      total: found.items.length,
      failingSources: await this.#failingSources(isReadable, runbooks),
    };
  }

  /** A runbook with all that its page draws. */
  async get(
    id: string,
    query: RunbookQuery,
    credentials: BackstageCredentials,
  ): Promise<Runbook> {
    const { runbook, isReadable } = await this.visible(id, credentials);
    if (query.entityRef !== undefined) {
      await this.#access.assertReadable(credentials, query.entityRef, false);
    }
    return this.#details.of(runbook, { query, isReadable, credentials });
  }

  /** A runbook that the caller may see. Throws `NotFoundError` for any other. */
  async visible(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ runbook: IndexedRunbook; isReadable: IsReadable }> {
    await this.#access.assertPermission(credentials, runbookReadPermission);
    const isReadable = await this.readableBy(credentials);
    const runbook = (await this.#index.runbooks()).get(id);
    if (!runbook || !isVisible(runbook, isReadable)) {
      throw new NotFoundError(`There is no runbook "${id}" that you may read`);
    }
    return { runbook, isReadable };
  }

  /** Which entities a caller may read. */
  async readableBy(credentials: BackstageCredentials): Promise<IsReadable> {
    const readable = await this.#access.readable(credentials);
    return entityRef => readable === 'all' || readable.has(entityRef);
  }

  async #search(
    query: RunbookListQuery,
    isWanted: (id: string) => boolean,
    isReadable: IsReadable,
  ): Promise<Pick<RunbookList, 'items' | 'suggestion' | 'searchMs'>> {
    const { q: text, alert, entityRef } = query;
    const runbooks = await this.#index.runbooks();
    const near =
      entityRef === undefined
        ? undefined
        : await this.#entities.surroundingsOf(entityRef);
    const hasQuery = Boolean(text?.trim() || alert?.trim());
    const startedAt = performance.now();
    const results = this.#index.lookup.find({
      text,
      alert,
      near,
      isVisible: document => isWanted(document.id),
      limit: MAXIMUM_MATCHES,
    });
    const searchMs = performance.now() - startedAt;
    const matches = results.filter(result =>
      hasQuery ? result.match : isAround(result),
    );
    const bestScore = Math.max(0, ...matches.map(({ match }) => match!.score));
    const shown =
      matches.length > 0 || !hasQuery
        ? matches
        : results.slice(0, MAXIMUM_SUGGESTIONS);
    const items = shown.flatMap(({ id, match }): RunbookSummary[] => {
      const runbook = runbooks.get(id);
      return runbook
        ? [
            toSummary(runbook, {
              isReadable,
              now: this.#now(),
              match:
                match &&
                toMatch(match, {
                  runbook,
                  bestScore,
                  hasQuery,
                  near,
                  isReadable,
                }),
            }),
          ]
        : [];
    });
    const suggestion = suggestionOf(text, matches[0]);
    return {
      items,
      ...(suggestion ? { suggestion } : {}),
      searchMs: Math.round(searchMs * 100) / 100,
    };
  }

  #passes(runbook: IndexedRunbook, query: RunbookListQuery): boolean {
    const { owner, freshness } = query;
    return (
      (!owner || owner.length === 0 || owner.includes(runbook.owner ?? '')) &&
      (!freshness ||
        freshness.length === 0 ||
        freshness.includes(
          toSummary(runbook, { isReadable: () => false, now: this.#now() })
            .freshness,
        ))
    );
  }

  /** Places that cannot be read, of those whose runbooks the caller could see. */
  async #failingSources(
    isReadable: IsReadable,
    runbooks: ReadonlyMap<string, IndexedRunbook>,
  ): Promise<RunbookList['failingSources']> {
    const counts = new Map<string, number>();
    for (const runbook of runbooks.values()) {
      for (const id of isVisible(runbook, isReadable)
        ? runbook.sourceIds
        : []) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    return (await this.#index.sources())
      .filter(source => source.problem && isVisible(source, isReadable))
      .map(({ id, location, readAt, problem }) => ({
        location,
        runbookCount: counts.get(id) ?? 0,
        ...(readAt ? { readAt } : {}),
        ...(problem ? { problem } : {}),
      }));
  }
}

function isAround({ match }: LookupResult): boolean {
  return match?.relation !== undefined && match.relation !== 'owner';
}

/** The words that were probably meant. */
function suggestionOf(
  text: string | undefined,
  best: LookupResult | undefined,
): string | undefined {
  const corrections = best?.match?.corrections ?? [];
  if (!text || corrections.length === 0) {
    return undefined;
  }
  return corrections.reduce(
    (words, { typed, read }) =>
      words.replace(new RegExp(escape(typed), 'i'), () => read),
    text,
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function byTitle(one: IndexedRunbook, other: IndexedRunbook): number {
  return (
    one.facts.title.localeCompare(other.facts.title, 'en') ||
    (one.id < other.id ? -1 : 1)
  );
}
