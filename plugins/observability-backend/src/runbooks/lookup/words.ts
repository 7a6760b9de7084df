import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemFrench } from '@orama/stemmers/french';
import { stopwords as englishStopWords } from '@orama/stopwords/english';
import { stopwords as frenchStopWords } from '@orama/stopwords/french';
import { LRUCache } from 'lru-cache';

/** Words that say nothing elsewhere, and much about a fault: "down", "out of memory". */
const TELLING_WORDS = new Set(
  'above below down off out over through under up'.split(' '),
);
const STOP_WORDS = new Set(
  [...englishStopWords, ...frenchStopWords]
    .flatMap(word => [fold(word), ...fold(word).split("'")])
    .filter(word => !TELLING_WORDS.has(word)),
);

/** Longer ones are keys, hashes and the like. */
const MAX_WORD_LENGTH = 60;
const MAX_PARTS = 8;

const termsOfWords = new LRUCache<string, readonly string[]>({ max: 20_000 });

/** Lower case, without accents. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/’/g, "'");
}

/** The parts of an identifier: `KubePodCrashLooping`, `errors.rate`, `slow_query`. */
export function partsOf(identifier: string): string[] {
  return identifier
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(part => part.length > 0 && part.length <= MAX_WORD_LENGTH);
}

/** The words of a text as they are written there, identifiers in their parts, without those that say nothing. */
export function wordsOf(text: string): string[] {
  return partsOf(text.normalize('NFC')).filter(word => !isStopWord(word));
}

/** Identifiers of several parts, written as one word. */
export function wholesOf(text: string): string[] {
  const wholes: string[] = [];
  for (const [identifier] of text
    .normalize('NFC')
    .matchAll(/[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu)) {
    const parts = partsOf(identifier);
    const whole = parts.join('');
    if (
      parts.length > 1 &&
      parts.length <= MAX_PARTS &&
      whole.length <= MAX_WORD_LENGTH
    ) {
      wholes.push(fold(whole));
    }
  }
  return wholes;
}

/** Whether a word says nothing about what a text is about, in English or French. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(fold(word));
}

/**
 * The terms under which a word is kept: itself, and its stem in either
 * language. Which language a text is in is not told apart, since runbooks and
 * those who look for them mix both.
 */
export function termsOf(word: string): readonly string[] {
  const known = termsOfWords.get(word);
  if (known) {
    return known;
  }
  const lower = word.toLowerCase();
  const folded = fold(word);
  const terms = [
    ...new Set([
      folded,
      fold(stemEnglish(folded)),
      // French endings are told by their accents; people leave these out when they type.
      fold(stemFrench(lower)),
      fold(stemFrench(folded)),
    ]),
  ].filter(term => term.length > 0);
  termsOfWords.set(word, terms);
  return terms;
}

/** All terms of a text, as often as they stand there. */
export function indexTermsOf(text: string): string[] {
  return [...wordsOf(text).flatMap(termsOf), ...wholesOf(text)];
}
