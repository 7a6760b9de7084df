import type { EntityHealthList } from '@watchkeeper/backstage-plugin-observability-common';
import { useRef } from 'react';

/**
 * The same list, made of the very objects of the one before where they say the
 * same. It is read again every few seconds, and only what changed is drawn
 * again.
 */
export function useUnchanged(list: EntityHealthList): EntityHealthList {
  const last = useRef({ read: list, kept: list });
  if (last.current.read !== list) {
    last.current = { read: list, kept: keepUnchanged(last.current.kept, list) };
  }
  return last.current.kept;
}

function keepUnchanged(
  before: EntityHealthList,
  now: EntityHealthList,
): EntityHealthList {
  const known = new Map(before.items.map(item => [item.entityRef, item]));
  const items = now.items.map(item => keep(known.get(item.entityRef), item));
  const isSameItems =
    items.length === before.items.length &&
    items.every((item, index) => item === before.items[index]);
  return {
    ...now,
    items: isSameItems ? before.items : items,
    totals: keep(before.totals, now.totals),
    facets: keep(before.facets, now.facets),
    sources: keep(before.sources, now.sources),
  };
}

function keep<T>(before: T | undefined, now: T): T {
  return before && JSON.stringify(before) === JSON.stringify(now)
    ? before
    : now;
}
