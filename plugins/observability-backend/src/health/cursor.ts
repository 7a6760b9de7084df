import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { ListPosition } from './HealthReadStore';

const cursorSchema = z.tuple([
  z.enum(['after', 'before']),
  z.number().int(),
  z.string(),
  z.string(),
]);

/** A place in the list and the way to go from it. */
export interface ListCursor {
  direction: 'after' | 'before';
  position: ListPosition;
}

/** Opaque to callers. */
export function encodeCursor(cursor: ListCursor): string {
  const { rank, since, entityRef } = cursor.position;
  return Buffer.from(
    JSON.stringify([cursor.direction, rank, since, entityRef]),
  ).toString('base64url');
}

/** Throws `InputError` when it is none of ours. */
export function decodeCursor(text: string): ListCursor {
  const parsed = cursorSchema.safeParse(
    parseJson(Buffer.from(text, 'base64url').toString('utf8')),
  );
  if (!parsed.success) {
    throw new InputError(
      'The cursor cannot be read; take it as it is from nextCursor or previousCursor of an earlier answer',
    );
  }
  const [direction, rank, since, entityRef] = parsed.data;
  return { direction, position: { rank, since, entityRef } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
