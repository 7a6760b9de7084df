import { setImmediate as nextTurn } from 'node:timers/promises';
import { AlertNames, NamedRunbook } from './AlertNames';
import { excerptOf, openingOf } from './excerpt';
import {
  LookupDocument,
  LookupQuery,
  LookupResult,
  Relation,
} from './LookupDocument';
import {
  Belongings,
  belongingsOf,
  boostOf,
  distanceOf,
  Nearness,
} from './nearness';
import { TextHit, TextIndex } from './TextIndex';

const DEFAULT_LIMIT = 10;
/** How many documents are indexed before something else has its turn. */
const DOCUMENTS_A_TURN = 20;
/** Scores closer than this differ by rounding alone. */
const SCORE_DIGITS = 1e4;

interface Found {
  document: LookupDocument;
  relation: Relation | undefined;
  named?: NamedRunbook;
  text?: TextHit;
  score: number;
}

/**
 * Finds the runbook for what is wrong, in this process: from the name of an
 * alert, from a service, and from words as people type them at night.
 *
 * 1. Runbooks that carry the very name of the alert or metric, also as the
 *    name of their file.
 * 2. Runbooks that have the words. Those of the service, then of its system
 *    and of what it depends on, gain by that.
 * 3. The other runbooks of the service, its system, its dependencies, its owner.
 * 4. Where all of that is nothing, those that helped most and were tested last:
 *    there is always somewhere to begin.
 *
 * The same documents give the same answer, in whichever order they came.
 */
export class RunbookLookup {
  readonly #documents = new Map<string, LookupDocument>();
  readonly #belongings = new Map<string, Belongings>();
  readonly #names = new AlertNames();
  readonly #texts = new TextIndex();

  get size(): number {
    return this.#documents.size;
  }

  /** The revision that is indexed, to leave what did not change alone. */
  revisionOf(id: string): string | undefined {
    return this.#documents.get(id)?.revision;
  }

  /** The ids of all that is indexed. */
  ids(): Iterable<string> {
    return this.#documents.keys();
  }

  /** Adds a runbook, or replaces the one of that id. */
  put(document: LookupDocument): void {
    this.discard(document.id);
    this.#documents.set(document.id, document);
    this.#belongings.set(document.id, belongingsOf(document));
    this.#names.add(document);
    this.#texts.add(document);
  }

  /** As {@link RunbookLookup.put}, and lets requests be answered meanwhile. */
  async putAll(documents: Iterable<LookupDocument>): Promise<void> {
    let count = 0;
    for (const document of documents) {
      this.put(document);
      count += 1;
      if (count % DOCUMENTS_A_TURN === 0) {
        await nextTurn();
      }
    }
  }

  /** Forgets a runbook; one that is not there is forgotten already. */
  discard(id: string): void {
    const document = this.#documents.get(id);
    if (document) {
      this.#documents.delete(id);
      this.#belongings.delete(id);
      this.#names.remove(document);
      this.#texts.remove(document);
    }
  }

  find(query: LookupQuery): LookupResult[] {
    const { text = '', alert = '', near, limit = DEFAULT_LIMIT } = query;
    const nearness = new Nearness(near);
    const relationOf = (id: string) => {
      const belongings = this.#belongings.get(id);
      return belongings && nearness.relationOf(belongings);
    };
    const isVisible = (id: string) => {
      const document = this.#documents.get(id);
      return document !== undefined && (query.isVisible?.(document) ?? true);
    };
    const found = new Map<string, Found>();
    const take = (id: string): Found | undefined => {
      const document = this.#documents.get(id);
      const known = found.get(id);
      if (known || !document || !isVisible(id)) {
        return known;
      }
      const entry = { document, relation: relationOf(id), score: 0 };
      found.set(id, entry);
      return entry;
    };

    for (const named of [
      ...this.#names.find(alert),
      ...this.#names.findWithin(text),
    ]) {
      const entry = take(named.id);
      if (entry && entry.named === undefined) {
        entry.named = named;
      }
    }
    const hits = this.#texts
      .search(`${alert} ${text}`.trim(), limit)
      .filter(({ id }) => found.has(id) || isVisible(id));
    const scores = Float64Array.from(hits, ({ id, score }) =>
      round(score * boostOf(relationOf(id))),
    );
    // A word is in thousands of runbooks; only those that can be shown are looked at closer.
    const least = scores.slice().sort().at(-limit) ?? 0;
    for (const [index, hit] of hits.entries()) {
      const entry = scores[index] >= least ? take(hit.id) : found.get(hit.id);
      if (entry) {
        entry.text = hit;
        entry.score = scores[index];
      }
    }
    if (near && found.size < limit) {
      for (const id of this.#documents.keys()) {
        if (relationOf(id) !== undefined) {
          take(id);
        }
      }
    }
    if (found.size === 0) {
      for (const id of this.#documents.keys()) {
        take(id);
      }
    }
    return [...found.values()]
      .sort(byRank)
      .slice(0, limit)
      .map(entry => this.#explain(entry));
  }

  #explain({ document, relation, named, text, score }: Found): LookupResult {
    const { id } = document;
    const shared = { score, ...(relation === undefined ? {} : { relation }) };
    if (named) {
      return {
        id,
        match: {
          ...shared,
          by: 'alert',
          field: named.field,
          excerpt: named.name,
          corrections: [],
        },
      };
    }
    if (text) {
      const match = text.explain();
      return {
        id,
        match: {
          ...shared,
          by: 'text',
          field: match.field,
          excerpt: excerptOf(document, match.field, match.terms),
          corrections: this.#texts.correctionsOf(document, match),
        },
      };
    }
    return relation === undefined
      ? { id }
      : {
          id,
          match: {
            ...shared,
            by: 'service',
            excerpt: openingOf(document),
            corrections: [],
          },
        };
  }
}

function round(score: number): number {
  return Math.round(score * SCORE_DIGITS) / SCORE_DIGITS;
}

function byRank(one: Found, other: Found): number {
  return (
    rankOf(one) - rankOf(other) ||
    (other.named?.length ?? 0) - (one.named?.length ?? 0) ||
    fieldRankOf(one) - fieldRankOf(other) ||
    (one.named || !one.text
      ? distanceOf(one.relation) - distanceOf(other.relation)
      : 0) ||
    other.score - one.score ||
    (other.document.runsThatWorked ?? 0) - (one.document.runsThatWorked ?? 0) ||
    compare(other.document.lastTested ?? '', one.document.lastTested ?? '') ||
    compare(one.document.title, other.document.title) ||
    compare(one.document.id, other.document.id)
  );
}

function rankOf({ named, text }: Found): number {
  if (named) {
    return 0;
  }
  return text ? 1 : 2;
}

function fieldRankOf({ named }: Found): number {
  return named?.field === 'fileName' ? 1 : 0;
}

/** By code units: the same on every machine. */
function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
