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
const MIN_STEM_LENGTH = 4;

/** Words with the marks that hold identifiers together. */
const IDENTIFIERS = /[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu;
const termsOfIdentifiers = new LRUCache<string, readonly string[]>({
  max: 50_000,
});
const stemsOfWords = new LRUCache<string, string>({ max: 20_000 });

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
  for (const [identifier] of text.normalize('NFC').matchAll(IDENTIFIERS)) {
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
 * The stem of a word, by the rules of English and then those of French. Which
 * language a text is in is not told apart, since runbooks and those who look
 * for them mix both; what matters is that the forms of a word come out alike.
 */
export function stemOf(word: string): string {
  const known = stemsOfWords.get(word);
  if (known !== undefined) {
    return known;
  }
  const english = stemEnglish(word.toLowerCase());
  // French endings are told by their accents; people leave these out when they type.
  const both = fold(stemFrench(fold(stemFrench(english))));
  // What little is left of a word is left of many others too.
  const stem = both.length < MIN_STEM_LENGTH ? fold(english) : both;
  stemsOfWords.set(word, stem);
  return stem;
}

/** The terms under which a word is kept: its stem, and itself for those who have typed a part of it. */
export function formsOf(word: string): readonly string[] {
  const folded = fold(word);
  const stem = stemOf(word);
  return stem === folded ? [stem] : [stem, folded];
}

/** All terms of a text, as often as they stand there. */
export function indexTermsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [identifier] of text.normalize('NFC').matchAll(IDENTIFIERS)) {
    terms.push(...termsOfIdentifier(identifier));
  }
  return terms;
}

function termsOfIdentifier(identifier: string): readonly string[] {
  const known = termsOfIdentifiers.get(identifier);
  if (known) {
    return known;
  }
  const terms = [
    ...wordsOf(identifier).flatMap(formsOf),
    ...wholesOf(identifier),
  ];
  termsOfIdentifiers.set(identifier, terms);
  return terms;
}
