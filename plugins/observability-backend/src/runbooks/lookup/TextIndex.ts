import MiniSearch, { SearchResult } from 'minisearch';
import { textsOf, wordOfTerm } from './excerpt';
import { LookupDocument, LookupField, LookupMatch } from './LookupDocument';
import { QueryWord, queryWordsOf } from './queryWords';
import { Vocabulary } from './Vocabulary';
import { indexTermsOf } from './words';

/** What a word is worth by where it stands; the order is that in which a match is told. */
const FIELD_BOOSTS: Readonly<Record<LookupField, number>> = {
  alerts: 10,
  title: 5,
  fileName: 5,
  symptoms: 3,
  tags: 3,
  headings: 2,
  services: 2,
  body: 1,
};
const FIELDS = Object.keys(FIELD_BOOSTS) as LookupField[];
/** A runbook is text that people write; what is longer is a log that somebody pasted. */
const MAX_BODY_LENGTH = 100_000;
/** How much of the score a runbook keeps that has none of the words. */
const FLOOR = 0.1;

/** A runbook that has words of a query. */
export interface TextMatch {
  id: string;
  score: number;
  /** Where the best of them stand. */
  field: LookupField;
  /** The terms of the index that matched. */
  terms: ReadonlySet<string>;
  /** For each misspelt word the term that it was taken for. */
  readAs: { typed: string; term: string }[];
}

/** The words of all runbooks. */
export class TextIndex {
  readonly #vocabulary = new Vocabulary();
  readonly #index = new MiniSearch<Record<string, string>>({
    fields: FIELDS,
    // The terms are made here, once for the index and for the vocabulary.
    tokenize: text => (text === '' ? [] : text.split(' ')),
    processTerm: term => term,
    autoVacuum: false,
  });

  add(document: LookupDocument): void {
    const entry = indexEntryOf(document);
    this.#vocabulary.add(termsOfEntry(entry));
    this.#index.add(entry);
  }

  /** Leaves nothing behind, so that replicas with different pasts answer alike. */
  remove(document: LookupDocument): void {
    const entry = indexEntryOf(document);
    this.#vocabulary.remove(termsOfEntry(entry));
    this.#index.remove(entry);
  }

  search(text: string): TextMatch[] {
    const words = queryWordsOf(text, this.#vocabulary);
    if (words.length === 0) {
      return [];
    }
    const results = this.#index.search(
      {
        combineWith: 'OR',
        queries: words.map(word => ({
          combineWith: 'OR',
          queries: [...word.weights.keys()],
          prefix: (term: string) => word.isPrefix && term === word.typed,
          boostTerm: (term: string) => word.weights.get(term) ?? 1,
        })),
      },
      { boost: FIELD_BOOSTS, weights: { fuzzy: 0, prefix: 0.5 } },
    );
    return results.map(result => this.#matchOf(result, words));
  }

  /** What the misspelt words were taken for, as the runbook writes it. */
  correctionsOf(
    document: LookupDocument,
    match: TextMatch,
  ): LookupMatch['corrections'] {
    return match.readAs.map(({ typed, term }) => ({
      typed,
      read: wordOfTerm(document, match.field, term) ?? term,
    }));
  }

  #matchOf(result: SearchResult, words: readonly QueryWord[]): TextMatch {
    const terms = new Set(result.terms);
    const wanted = new Set(result.queryTerms);
    const matched = words.filter(word =>
      [...word.weights.keys()].some(term => wanted.has(term)),
    );
    return {
      id: String(result.id),
      score:
        // The index multiplies by the number of terms, of which words have more or fewer.
        (result.score / Math.max(1, result.queryTerms.length)) *
        (FLOOR + (1 - FLOOR) * (matched.length / words.length) ** 2),
      field: tellingField(result),
      terms,
      readAs: matched.flatMap(({ typed, corrections }) => {
        const term = [...corrections].find(candidate => terms.has(candidate));
        return term === undefined ? [] : [{ typed, term }];
      }),
    };
  }
}

/** The field that has most of what matched; of two, the one that weighs more. */
function tellingField(result: SearchResult): LookupField {
  const counts = new Map<string, number>();
  for (const field of Object.values(result.match).flat()) {
    counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return FIELDS.find(field => counts.get(field) === most) ?? 'body';
}

function indexEntryOf(document: LookupDocument): Record<string, string> {
  const entry: Record<string, string> = { id: document.id };
  for (const field of FIELDS) {
    entry[field] = indexTermsOf(
      textsOf(document, field).join('\n').slice(0, MAX_BODY_LENGTH),
    ).join(' ');
  }
  return entry;
}

function* termsOfEntry({
  id: _,
  ...fields
}: Record<string, string>): Iterable<string> {
  for (const text of Object.values(fields)) {
    yield* text.split(' ');
  }
}
