import { setImmediate as nextTurn } from 'node:timers/promises';
import { AlertNames, NamedRunbook } from './AlertNames';
import { excerptOf, openingOf } from './excerpt';
import {
  LookupDocument,
  LookupQuery,
  LookupResult,
  Relation,
} from './LookupDocument';
import { boostOf, distanceOf, Nearness } from './nearness';
import { TextIndex, TextMatch } from './TextIndex';

const DEFAULT_LIMIT = 10;
/** How many documents are indexed before something else has its turn. */
const DOCUMENTS_A_TURN = 20;
/** Scores closer than this differ by rounding alone. */
const SCORE_DIGITS = 1e4;

interface Found {
  document: LookupDocument;
  relation: Relation | undefined;
  named?: NamedRunbook;
  text?: TextMatch;
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
      this.#names.remove(document);
      this.#texts.remove(document);
    }
  }

  find(query: LookupQuery): LookupResult[] {
    const { text = '', alert = '', near, limit = DEFAULT_LIMIT } = query;
    const isVisible = query.isVisible ?? (() => true);
    const nearness = new Nearness(near);
    const found = new Map<string, Found>();
    const take = (id: string): Found | undefined => {
      const document = this.#documents.get(id);
      const known = found.get(id);
      if (known || !document || !isVisible(document)) {
        return known;
      }
      const relation = nearness.relationOf(document);
      const entry: Found = { document, relation, score: 0 };
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
    for (const match of this.#texts.search(`${alert} ${text}`.trim())) {
      const entry = take(match.id);
      if (entry) {
        entry.text = match;
        entry.score =
          Math.round(match.score * boostOf(entry.relation) * SCORE_DIGITS) /
          SCORE_DIGITS;
      }
    }
    if (near && found.size < limit) {
      for (const [id, document] of this.#documents) {
        if (nearness.relationOf(document) !== undefined) {
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
      return {
        id,
        match: {
          ...shared,
          by: 'text',
          field: text.field,
          excerpt: excerptOf(document, text.field, text.terms),
          corrections: this.#texts.correctionsOf(document, text),
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
