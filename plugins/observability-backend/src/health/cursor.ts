import { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import {
  cursorText,
  decodeOpaqueCursor,
  encodeOpaqueCursor,
} from '../http/opaqueCursor';
import { ListedEntity, ListPosition } from './HealthReadStore';

const cursorSchema = z.tuple([
  z.enum(['after', 'before']),
  z.number().int().min(0).max(100),
  cursorText,
  cursorText,
]);

/** A place in the list and the way to go from it. */
export interface ListCursor {
  direction: 'after' | 'before';
  position: ListPosition;
}

/** Opaque to callers. */
export function encodeCursor(cursor: ListCursor): string {
  const { rank, since, entityRef } = cursor.position;
  return encodeOpaqueCursor([cursor.direction, rank, since, entityRef]);
}

/** Throws `InputError` when it is none of ours. */
export function decodeCursor(text: string): ListCursor {
  const [direction, rank, since, entityRef] = decodeOpaqueCursor(
    text,
    cursorSchema,
  );
  return { direction, position: { rank, since, entityRef } };
}

/** Cuts the row that only tells whether there is more, and puts a cursor at each end that has more. */
export function toPage(
  rows: ListedEntity[],
  limit: number,
  direction: 'after' | 'before' | undefined,
): Pick<EntityHealthList, 'items' | 'nextCursor' | 'previousCursor'> {
  const more = rows.length > limit;
  let page = rows;
  if (more) {
    page = direction === 'before' ? rows.slice(1) : rows.slice(0, limit);
  }
  const first = page.at(0);
  const last = page.at(-1);
  const hasNext = direction === 'before' || more;
  const hasPrevious = direction === 'before' ? more : direction === 'after';
  return {
    items: page.map(({ health }) => health),
    ...(last && hasNext
      ? {
          nextCursor: encodeCursor({
            direction: 'after',
            position: last.position,
          }),
        }
      : {}),
    ...(first && hasPrevious
      ? {
          previousCursor: encodeCursor({
            direction: 'before',
            position: first.position,
          }),
        }
      : {}),
  };
}
