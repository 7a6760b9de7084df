import MiniSearch, { QueryCombination, SearchResult } from 'minisearch';
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

/** Fewer letters begin too many words to look for them in whole texts. */
const MIN_PREFIX_IN_TEXT = 4;
/** The word itself counts already. */
const PREFIX_BOOST = 0.2;
/** A word is common when so many runbooks have it, and such a share of them. */
const COMMON_COUNT = 200;
const COMMON_SHARE = 0.05;
const FIELDS_OUTSIDE_TEXT = FIELDS.filter(field => field !== 'body');

/** A runbook that has words of a query. */
export interface TextHit {
  id: string;
  score: number;
  /** Why: asked for few of them only, since it takes longer than to find them. */
  explain(): TextMatch;
}

/** Where words of a query stand in a runbook. */
export interface TextMatch {
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

  /**
   * What has the words. Where thousands of runbooks have a word somewhere in
   * their text, only those that name it elsewhere are looked at, as long as
   * there are `enough` of them.
   */
  search(text: string, enough: number): TextHit[] {
    const words = queryWordsOf(text, this.#vocabulary);
    const common = Math.max(
      COMMON_COUNT,
      this.#index.documentCount * COMMON_SHARE,
    );
    const hits = this.#search(
      words,
      term => this.#vocabulary.countOf(term) > common,
    );
    return hits.length < enough ? this.#search(words, () => false) : hits;
  }

  #search(
    words: readonly QueryWord[],
    isCommon: (term: string) => boolean,
  ): TextHit[] {
    const results = this.#index.search(
      {
        combineWith: 'OR',
        queries: words.flatMap(word => queriesOf(word, isCommon)),
      },
      { boost: FIELD_BOOSTS, weights: { fuzzy: 0, prefix: 1 } },
    );
    const wordsByTerm = indexesByTerm(words);
    return results.map(result => ({
      id: String(result.id),
      score: scoreOf(result, wordsByTerm, words.length),
      explain: () => matchOf(result, words),
    }));
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
}

function queriesOf(
  word: QueryWord,
  isCommon: (term: string) => boolean,
): QueryCombination[] {
  const terms = [...word.weights.keys()];
  const queryOf = (
    queries: string[],
    isOutsideText: boolean,
  ): QueryCombination => ({
    combineWith: 'OR',
    queries,
    boostTerm: term => word.weights.get(term) ?? 1,
    ...(isOutsideText ? { fields: FIELDS_OUTSIDE_TEXT } : {}),
  });
  return [
    queryOf(
      terms.filter(term => !isCommon(term)),
      false,
    ),
    queryOf(terms.filter(isCommon), true),
    ...(word.isPrefix
      ? [
          {
            ...queryOf([word.typed], word.typed.length < MIN_PREFIX_IN_TEXT),
            prefix: true,
            boostTerm: () => PREFIX_BOOST,
          },
        ]
      : []),
  ].filter(({ queries }) => queries.length > 0);
}

/** Which words a term was looked for. */
function indexesByTerm(words: readonly QueryWord[]): Map<string, Set<number>> {
  const indexes = new Map<string, Set<number>>();
  for (const [index, { typed, weights }] of words.entries()) {
    for (const term of [typed, ...weights.keys()]) {
      const known = indexes.get(term) ?? new Set();
      indexes.set(term, known.add(index));
    }
  }
  return indexes;
}

/** Runbooks that have more of the words come before those that have one of them often. */
function scoreOf(
  { score, queryTerms }: SearchResult,
  wordsByTerm: ReadonlyMap<string, ReadonlySet<number>>,
  wordCount: number,
): number {
  const matched = new Set<number>();
  for (const term of queryTerms) {
    for (const index of wordsByTerm.get(term) ?? []) {
      matched.add(index);
    }
  }
  // The index multiplies by the number of terms, of which words have more or fewer.
  return (
    (score / Math.max(1, queryTerms.length)) *
    (FLOOR + (1 - FLOOR) * (matched.size / wordCount) ** 2)
  );
}

function matchOf(result: SearchResult, words: readonly QueryWord[]): TextMatch {
  const terms = new Set(result.terms);
  return {
    field: tellingField(result),
    terms,
    readAs: words.flatMap(({ typed, corrections }) => {
      const term = [...corrections].find(candidate => terms.has(candidate));
      return term === undefined ? [] : [{ typed, term }];
    }),
  };
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
