import { z } from 'zod/v4';
import { decodeOpaqueCursor, encodeOpaqueCursor } from '../http/opaqueCursor';

const cursorSchema = z.tuple([z.int().min(0).max(9_999_999)]);

/** Where a page of a list in memory begins. Throws `InputError` when the cursor is none of ours. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return 0;
  }
  const [offset] = decodeOpaqueCursor(cursor, cursorSchema);
  return offset;
}

/** A page with the cursor of the next. */
export function pageOf<T>(
  items: readonly T[],
  offset: number,
  limit: number,
): { items: T[]; nextCursor?: string } {
  const end = offset + limit;
  return {
    items: items.slice(offset, end),
    ...(end < items.length ? { nextCursor: encodeOpaqueCursor([end]) } : {}),
  };
}
