import { describeMismatch } from './failures';
import type { VendorRequest } from './VendorClient';

/**
 * Reads the body of an answer that was a success, strictly: a page that
 * somebody put in front of the API must not pass for data. Says what came
 * instead, never the body itself.
 */
export function parseBody<T>(
  request: Pick<VendorRequest<T>, 'schema' | 'responseType'>,
  answer: { text: string; contentType: string | null },
): { body: T } | { what: string } {
  const { schema, responseType = 'json' } = request;
  const { text } = answer;
  const contentType = (answer.contentType ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
  if (contentType.includes('html')) {
    return { what: 'an HTML page instead of data; check baseUrl' };
  }
  let value: unknown = text;
  if (responseType === 'json') {
    if (contentType && text && !/[/+]json$/.test(contentType)) {
      const name = contentType.replace(/[^\w.+/-]/g, '').slice(0, 60);
      return { what: `${name} instead of JSON; check baseUrl` };
    }
    try {
      value = text ? JSON.parse(text) : undefined;
    } catch {
      return { what: 'a text that is not valid JSON' };
    }
  }
  return matchSchema(schema, value);
}

function matchSchema<T>(
  schema: VendorRequest<T>['schema'],
  value: unknown,
): { body: T } | { what: string } {
  try {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { body: parsed.data };
    return {
      what:
        value === undefined
          ? 'nothing where data was expected'
          : describeMismatch(parsed.error),
    };
  } catch {
    // A transformation in the schema stumbled over the value.
    return { what: 'something that could not be understood' };
  }
}
