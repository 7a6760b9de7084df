import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { compile } from 'json-p3';
import { z } from 'zod/v4';
import { Expectations, StatusRange } from './HttpCheck';

const statusSchema = z.union([z.number(), z.string()]);

/** `expect` of a check, as it is written. */
export const expectationsSchema = z.strictObject({
  status: z.union([statusSchema, z.array(statusSchema).min(1)]).optional(),
  body: z.string().optional(),
  bodyContains: z.string().min(1).optional(),
  json: z
    .array(z.strictObject({ path: z.string(), equals: z.json() }))
    .optional(),
  headers: z.record(z.string(), z.string()).optional(),
  responseMs: z.number().positive().optional(),
});

/** What a check expects; `key` is that of the check, for messages. */
export function readExpectations(
  written: z.infer<typeof expectationsSchema> = {},
  key: string,
): Expectations {
  const { status = '2xx', json = [], headers = {} } = written;
  return {
    status: [status]
      .flat()
      .map(item => readStatus(item, `${key}.expect.status`)),
    body: written.body?.trim(),
    bodyContains: written.bodyContains,
    json: json.map(({ path, equals }, index) => ({
      path,
      query: readPath(path, `${key}.expect.json[${index}].path`),
      equals: equals as JsonValue,
    })),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name.toLowerCase(),
        value.trim(),
      ]),
    ),
    responseMs: written.responseMs,
  };
}

function readStatus(item: number | string, key: string): StatusRange {
  const text = String(item).trim().toLowerCase();
  const ofClass = /^([1-5])xx$/.exec(text);
  if (ofClass) {
    const from = Number(ofClass[1]) * 100;
    return { from, to: from + 99 };
  }
  const range = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(text);
  const from = Number(range?.[1]);
  const to = Number(range?.[2] ?? range?.[1]);
  if (!(from <= to)) {
    throw new InputError(
      `'${key}' in the configuration is not a status; expected one such as 200, '200-299' or 2xx, or a list of those`,
    );
  }
  return { from, to };
}

function readPath(path: string, key: string) {
  try {
    return compile(path);
  } catch {
    throw new InputError(
      `'${key}' in the configuration is not a JSONPath; expected one such as $.status`,
    );
  }
}
