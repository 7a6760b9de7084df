import { z } from 'zod/v4';
import {
  cursorText,
  decodeOpaqueCursor,
  encodeOpaqueCursor,
} from '../../http/opaqueCursor';
import { RunPosition } from './RunbookRunStore';

const cursorSchema = z.tuple([cursorText, cursorText]);

/** Opaque to callers. */
export function encodeRunCursor({ startedAt, id }: RunPosition): string {
  return encodeOpaqueCursor([startedAt, id]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeRunCursor(text: string): RunPosition {
  const [startedAt, id] = decodeOpaqueCursor(text, cursorSchema);
  return { startedAt, id };
}
