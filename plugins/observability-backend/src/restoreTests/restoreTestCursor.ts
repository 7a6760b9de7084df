import { z } from 'zod/v4';
import {
  cursorText,
  decodeOpaqueCursor,
  encodeOpaqueCursor,
} from '../http/opaqueCursor';
import { RestoreTestPosition } from './RestoreTestStore';

const cursorSchema = z.tuple([cursorText, cursorText, cursorText]);

/** Opaque to callers. */
export function encodeRestoreTestCursor(position: RestoreTestPosition): string {
  return encodeOpaqueCursor([position.at, position.recordedAt, position.id]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeRestoreTestCursor(text: string): RestoreTestPosition {
  const [at, recordedAt, id] = decodeOpaqueCursor(text, cursorSchema);
  return { at, recordedAt, id };
}
