import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { toStorable } from '../database/database';

/** Text of a position that can be looked for: PostgreSQL refuses NUL. */
export const cursorText = z.string().refine(text => toStorable(text) === text);

/** A place in a list as callers carry it: they take it as it is. */
export function encodeOpaqueCursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads what `encodeOpaqueCursor` wrote. Throws `InputError` when it is none of ours. */
export function decodeOpaqueCursor<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
  } catch {
    throw new InputError(
      'The cursor cannot be read; take it as it is from nextCursor or previousCursor of an earlier answer',
    );
  }
}
