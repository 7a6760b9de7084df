import type {
  EntityHealth,
  EntityHealthList,
  SourceHealth,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityHealthListRequest } from '../api';

/** Answers a request the way the back end does: filters, totals, pages with a cursor each way. */
export function listFleet(
  fleet: readonly EntityHealth[],
  sources: SourceHealth[],
  request: EntityHealthListRequest,
): EntityHealthList {
  const { owner, system, text, status, limit = 25, cursor } = request;
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const matching = fleet.filter(
    item =>
      (!owner || item.owner === owner) &&
      (!system || item.system === system) &&
      words.every(word =>
        `${item.title} ${item.reasons.map(reason => reason.message).join(' ')}`
          .toLowerCase()
          .includes(word),
      ),
  );
  const statusOf = (item: EntityHealth) => item.status ?? 'unconfigured';
  const totals = {
    critical: 0,
    warning: 0,
    unknown: 0,
    ok: 0,
    unconfigured: 0,
  };
  for (const item of matching) {
    totals[statusOf(item)] += 1;
  }
  const listed = status?.length
    ? matching.filter(item => status.includes(statusOf(item)))
    : matching;
  const start = Number(cursor ?? 0);
  const end = start + limit;
  const facet = (key: 'owner' | 'system') =>
    [...new Set(fleet.map(item => item[key] ?? ''))].filter(Boolean).sort();
  return {
    items: listed.slice(start, end),
    nextCursor: end < listed.length ? String(end) : undefined,
    previousCursor: start > 0 ? String(Math.max(0, start - limit)) : undefined,
    totals,
    facets: { owners: facet('owner'), systems: facet('system') },
    sources,
  };
}
