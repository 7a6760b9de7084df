import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { toStorable } from '../database/database';
import { RestoreTestPosition } from './RestoreTestStore';

const textSchema = z.string().refine(text => toStorable(text) === text);
const cursorSchema = z.tuple([textSchema, textSchema, textSchema]);

/** Opaque to callers. */
export function encodeRestoreTestCursor(position: RestoreTestPosition): string {
  const { at, recordedAt, id } = position;
  return Buffer.from(JSON.stringify([at, recordedAt, id])).toString(
    'base64url',
  );
}

/** Throws `InputError` when it is none of ours. */
export function decodeRestoreTestCursor(text: string): RestoreTestPosition {
  try {
    const [at, recordedAt, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { at, recordedAt, id };
  } catch {
    throw new InputError(
      'The cursor cannot be read; take it as it is from nextCursor of an earlier answer',
    );
  }
}
