import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { toStorable } from '../database/database';

/** Reads a part of a request. Throws `InputError` that names each parameter that is wrong, and how. */
export function parseRequest<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(issue => `"${issue.path.join('.')}": ${issue.message}`)
        .join('; '),
    );
  }
  for (const [name, value] of Object.entries(parsed.data as object)) {
    if ([value].flat().some(hasNul)) {
      throw new InputError(`"${name}": has a character that no text can have`);
    }
  }
  return parsed.data;
}

/** Nothing that is stored has it, and PostgreSQL refuses to look for it. */
function hasNul(value: unknown): boolean {
  return typeof value === 'string' && toStorable(value) !== value;
}
