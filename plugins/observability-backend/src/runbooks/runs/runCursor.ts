import { InputError } from '@backstage/errors';
import { z } from 'zod/v4';
import { toStorable } from '../../database/database';
import { RunPosition } from './RunbookRunStore';

const textSchema = z.string().refine(text => toStorable(text) === text);
const cursorSchema = z.tuple([textSchema, textSchema]);

/** Opaque to callers. */
export function encodeRunCursor({ startedAt, id }: RunPosition): string {
  return Buffer.from(JSON.stringify([startedAt, id])).toString('base64url');
}

/** Throws `InputError` when it is none of ours. */
export function decodeRunCursor(text: string): RunPosition {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    content = undefined;
  }
  const parsed = cursorSchema.safeParse(content);
  if (!parsed.success) {
    throw new InputError(
      '"cursor": cannot be read; take it as it is from nextCursor of an earlier answer',
    );
  }
  const [startedAt, id] = parsed.data;
  return { startedAt, id };
}
