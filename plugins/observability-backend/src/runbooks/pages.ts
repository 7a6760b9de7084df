import { InputError } from '@backstage/errors';

/** Where a page of a list in memory begins. Throws `InputError` when the cursor is none of ours. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return 0;
  }
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{1,7}$/.test(text)) {
    throw new InputError(
      '"cursor": cannot be read; take it as it is from nextCursor of an earlier answer',
    );
  }
  return Number(text);
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
    ...(end < items.length
      ? { nextCursor: Buffer.from(String(end)).toString('base64url') }
      : {}),
  };
}
