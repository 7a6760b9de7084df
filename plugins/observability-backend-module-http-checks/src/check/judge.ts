import { isDeepStrictEqual } from 'node:util';
import { Expectations, StatusRange } from '../config/HttpCheck';
import { HttpAnswer } from './sendRequest';
import { excerpt } from './text';

/** Whether what is expected can only be told from the body. */
export function needsBody({ body, bodyContains, json }: Expectations): boolean {
  return body !== undefined || bodyContains !== undefined || json.length > 0;
}

/** Whether a status is one of those that are expected. */
export function isExpectedStatus(
  status: number,
  ranges: readonly StatusRange[],
): boolean {
  return ranges.some(({ from, to }) => from <= status && status <= to);
}

/**
 * What is wrong with an answer, in words; nothing when it is as expected. How
 * long it took is another matter.
 */
export function findFault(
  answer: HttpAnswer,
  expect: Expectations,
  secrets: readonly string[],
): string | undefined {
  const { status, headers, body } = answer;
  if (!isExpectedStatus(status, expect.status)) {
    return `HTTP ${status}; expects ${describeStatus(expect.status)}`;
  }
  const quote = (text: string) => excerpt(text, { secrets }) || 'empty';
  for (const [name, expected] of Object.entries(expect.headers)) {
    const value = [headers[name] ?? []].flat().join(', ').trim();
    if (value !== expected) {
      return `header ${name} is ${quote(value)}; expects ${quote(expected)}`;
    }
  }
  if (!needsBody(expect)) return undefined;
  if (expect.body !== undefined && body.trim() !== expect.body) {
    return `body is ${quote(body)}; expects ${quote(expect.body)}`;
  }
  if (
    expect.bodyContains !== undefined &&
    !body.includes(expect.bodyContains)
  ) {
    return `body does not contain ${quote(expect.bodyContains)}`;
  }
  return findJsonFault(answer, expect, quote);
}

function findJsonFault(
  { body, isCut }: HttpAnswer,
  { json }: Expectations,
  quote: (text: string) => string,
): string | undefined {
  if (json.length === 0) return undefined;
  let document: Parameters<(typeof json)[number]['query']['query']>[0];
  try {
    document = JSON.parse(body);
  } catch {
    return isCut
      ? 'body is too large to be read as JSON'
      : `body is not JSON: ${quote(body)}`;
  }
  for (const { path, query, equals } of json) {
    let values: unknown[];
    try {
      values = query.query(document).values();
    } catch {
      return `${path} cannot be looked for in the body`;
    }
    if (values.length === 0) return `body has nothing at ${path}`;
    const other = values.find(value => !isDeepStrictEqual(value, equals));
    if (values.some(value => !isDeepStrictEqual(value, equals))) {
      return `${path} is ${quote(JSON.stringify(other))}; expects ${quote(
        JSON.stringify(equals),
      )}`;
    }
  }
  return undefined;
}

function describeStatus(ranges: readonly StatusRange[]): string {
  return ranges
    .map(({ from, to }) => {
      if (from === to) return String(from);
      return from % 100 === 0 && to === from + 99
        ? `${from / 100}xx`
        : `${from}-${to}`;
    })
    .join(' or ');
}
