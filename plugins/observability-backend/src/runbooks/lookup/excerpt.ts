import { LookupDocument, LookupField } from './LookupDocument';
import { stemOfFile } from './AlertNames';
import { formsOf, wholesOf, wordsOf } from './words';

const MAX_LENGTH = 180;
const MAX_LINES = 2_000;

/** The texts of a field, one by one. */
export function textsOf(
  document: LookupDocument,
  field: LookupField,
): readonly string[] {
  switch (field) {
    case 'title':
      return [document.title];
    case 'fileName':
      return document.fileName ? [stemOfFile(document.fileName)] : [];
    case 'services':
      return [
        ...document.entityRefs,
        ...(document.owner === undefined ? [] : [document.owner]),
      ].map(nameOfRef);
    case 'body':
      return [document.body];
    default:
      return document[field];
  }
}

/** The place of a field that has most of the terms, as plain text. */
export function excerptOf(
  document: LookupDocument,
  field: LookupField,
  terms: ReadonlySet<string>,
): string {
  const candidates =
    field === 'body' ? linesOf(document.body) : textsOf(document, field);
  let best = '';
  let bestHits = 0;
  for (const candidate of candidates) {
    const hits = new Set(
      [...wordsOf(candidate).flatMap(formsOf), ...wholesOf(candidate)].filter(
        term => terms.has(term),
      ),
    ).size;
    if (hits > bestHits) {
      best = candidate;
      bestHits = hits;
    }
  }
  return shorten(best || openingOf(document), terms);
}

/** The first sentence of a runbook that is more than a heading. */
export function openingOf(document: LookupDocument): string {
  const line = linesOf(document.body).find(
    candidate => candidate.length > 0 && candidate !== document.title,
  );
  return shorten(line ?? document.title, new Set());
}

/** The word of a text that was read for a term. */
export function wordOfTerm(
  document: LookupDocument,
  field: LookupField,
  term: string,
): string | undefined {
  for (const text of textsOf(document, field)) {
    const word = wordsOf(text).find(candidate =>
      formsOf(candidate).includes(term),
    );
    if (word !== undefined) {
      return word;
    }
  }
  return undefined;
}

function linesOf(markdown: string): string[] {
  return markdown
    .split('\n', MAX_LINES)
    .filter(line => !/^\s*(?:```|~~~|[-=|:\s]*$)/.test(line))
    .map(line =>
      line
        .replace(
          /^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)/,
          '',
        )
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[`*]/g, '')
        .trim(),
    )
    .filter(line => line.length > 0);
}

/** Keeps the first term that was found in sight. */
function shorten(text: string, terms: ReadonlySet<string>): string {
  if (text.length <= MAX_LENGTH) {
    return text;
  }
  let start = 0;
  for (const word of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (formsOf(word[0]).some(term => terms.has(term))) {
      start = Math.min(
        Math.max(0, word.index - MAX_LENGTH / 3),
        text.length - MAX_LENGTH,
      );
      break;
    }
  }
  const from = start > 0 ? text.indexOf(' ', start) + 1 : 0;
  const to = from + MAX_LENGTH;
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${
    to < text.length ? '…' : ''
  }`;
}

function nameOfRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
