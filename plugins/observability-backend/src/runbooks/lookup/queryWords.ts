import { findSynonyms } from './synonyms';
import { Vocabulary } from './Vocabulary';
import { fold, isStopWord, partsOf, stemOf, wholesOf } from './words';

/** A word that somebody typed, with the terms to look for. */
export interface QueryWord {
  typed: string;
  /** What a runbook gains by having the term; 1 for the word itself. */
  weights: Map<string, number>;
  /** Whether words that begin as it does count too. */
  isPrefix: boolean;
  /** Terms that it is taken for, where no runbook has the word itself. */
  corrections: ReadonlySet<string>;
}

/** More is a page that somebody pasted: its first words tell enough. */
const MAX_WORDS = 24;
const MAX_CORRECTIONS = 8;
const SYNONYM_WEIGHT = 0.2;
const CORRECTION_WEIGHTS: Readonly<Record<number, number>> = { 1: 0.8, 2: 0.5 };
/** A word in two, or two in a word: "crashloop", "time out". */
const COMPOUND_WEIGHT = 0.8;
const MIN_COMPOUND_PART = 3;

/**
 * What to look for when somebody typed `text`. Only words that no runbook has
 * are taken for misspelt, so that a rare but right word is not drowned by
 * others that look like it.
 */
export function queryWordsOf(
  text: string,
  vocabulary: Vocabulary,
): QueryWord[] {
  const parts = partsOf(text);
  const meaningful = parts.filter(word => !isStopWord(word));
  // Somebody who typed "should" so far may be about to type more.
  const typed = (meaningful.length > 0 ? meaningful : parts).slice(
    0,
    MAX_WORDS,
  );
  const isLastBegun = /[\p{L}\p{N}]$/u.test(text);
  const synonyms = findSynonyms(typed);
  const words = typed.map((word, index) =>
    queryWordOf(word, {
      isBegun: isLastBegun && index === typed.length - 1,
      isOfTheField: synonyms.some(
        ({ start, length }) => start <= index && index < start + length,
      ),
      vocabulary,
    }),
  );
  for (const { start, length, stems } of synonyms) {
    for (const word of words.slice(start, start + length)) {
      raise(word, known(stems, vocabulary), SYNONYM_WEIGHT);
    }
  }
  for (let index = 0; index + 1 < typed.length; index++) {
    const joined = known([stemOf(typed[index] + typed[index + 1])], vocabulary);
    raise(words[index], joined, COMPOUND_WEIGHT);
    raise(words[index + 1], joined, COMPOUND_WEIGHT);
  }
  if (words.length > 0) {
    raise(words[0], known(wholesOf(text), vocabulary), 1);
  }
  return words;
}

function queryWordOf(
  word: string,
  context: { isBegun: boolean; isOfTheField: boolean; vocabulary: Vocabulary },
): QueryWord {
  const { isBegun, isOfTheField, vocabulary } = context;
  const typed = fold(word);
  const stem = stemOf(word);
  const result: QueryWord = {
    typed,
    weights: new Map([[stem, 1]]),
    isPrefix: isBegun && typed.length > 1,
    corrections: new Set(),
  };
  const isKnown =
    isOfTheField ||
    vocabulary.has(stem) ||
    (result.isPrefix && vocabulary.hasPrefix(typed));
  if (isKnown) {
    return result;
  }
  const halves = halvesOf(typed, vocabulary);
  raise(result, halves, COMPOUND_WEIGHT);
  if (halves.length > 0) {
    return result;
  }
  const corrections = correctionsOf(typed, vocabulary);
  for (const [term, distance] of corrections) {
    raise(result, [term], CORRECTION_WEIGHTS[distance]);
    // Other names of what was meant count for little more than a guess.
    for (const { stems } of findSynonyms([term])) {
      raise(
        result,
        known(stems, vocabulary),
        SYNONYM_WEIGHT * CORRECTION_WEIGHTS[distance],
      );
    }
  }
  return {
    ...result,
    isPrefix: typed.length > 2,
    corrections: new Set(corrections.map(([term]) => term)),
  };
}

/** The nearest terms only: two wrong letters are not looked for where one explains it. */
function correctionsOf(
  typed: string,
  vocabulary: Vocabulary,
): [term: string, distance: number][] {
  const edits = maxEditsOf(typed);
  if (edits === 0) {
    return [];
  }
  const found = new Map(vocabulary.like(typed, edits));
  for (const term of known(swapsOf(typed).map(stemOf), vocabulary)) {
    found.set(term, 1);
  }
  const nearest = Math.min(...found.values());
  return [...found]
    .filter(([, distance]) => distance === nearest)
    .sort(
      ([one], [other]) =>
        Number(other[0] === typed[0]) - Number(one[0] === typed[0]) ||
        (one < other ? -1 : 1),
    )
    .slice(0, MAX_CORRECTIONS);
}

/** Short words differ from many others by a letter, and numbers mean what they say. */
function maxEditsOf(word: string): number {
  if (word.length < 4 || /\d/.test(word)) {
    return 0;
  }
  return word.length < 6 ? 1 : 2;
}

/** The word with two neighbouring letters the other way around, which is the commonest slip. */
function swapsOf(word: string): string[] {
  return Array.from(
    { length: word.length - 1 },
    (_, index) =>
      word.slice(0, index) +
      word[index + 1] +
      word[index] +
      word.slice(index + 2),
  ).filter(swapped => swapped !== word);
}

function halvesOf(word: string, vocabulary: Vocabulary): string[] {
  for (
    let at = MIN_COMPOUND_PART;
    at <= word.length - MIN_COMPOUND_PART;
    at++
  ) {
    const halves = [word.slice(0, at), word.slice(at)].map(half =>
      known([stemOf(half)], vocabulary),
    );
    if (halves.every(terms => terms.length > 0)) {
      return halves.flat();
    }
  }
  return [];
}

function known(terms: readonly string[], vocabulary: Vocabulary): string[] {
  return terms.filter(term => vocabulary.has(term));
}

function raise(word: QueryWord, terms: readonly string[], weight: number) {
  for (const term of terms) {
    word.weights.set(term, Math.max(word.weights.get(term) ?? 0, weight));
  }
}
