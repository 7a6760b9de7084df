import type { Status } from '@watchkeeper/backstage-plugin-observability-common';

/** A status that one can filter by; `unconfigured` is "not set up". */
export type FleetStatus = Status | 'unconfigured';

/** Worst first, as the counters stand. */
export const FLEET_STATUSES: readonly FleetStatus[] = [
  'critical',
  'warning',
  'unknown',
  'ok',
  'unconfigured',
];

/** The back end refuses longer ones. */
export const LONGEST_TEXT = 200;

export const PAGE_SIZES: readonly number[] = [25, 50, 100];

/** What the list shows. It lives in the address, so that it can be shared and gone back to. */
export interface FleetQuery {
  statuses: FleetStatus[];
  owner?: string;
  system?: string;
  text: string;
  pageSize: number;
  /** Where the page starts; none is the first page. */
  cursor?: string;
  /** The number of the first row, counted while paging: a cursor does not know it. */
  from: number;
}

/** Reads an address; what it does not understand, it leaves out. */
export function parseFleetQuery(parameters: URLSearchParams): FleetQuery {
  const statuses = (parameters.get('status') ?? '').split(',');
  const pageSize = Number(parameters.get('limit'));
  const cursor = parameters.get('cursor') || undefined;
  const from = Number(parameters.get('from'));
  return {
    statuses: FLEET_STATUSES.filter(status => statuses.includes(status)),
    owner: parameters.get('owner') || undefined,
    system: parameters.get('system') || undefined,
    text: (parameters.get('q') ?? '').slice(0, LONGEST_TEXT),
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : PAGE_SIZES[0],
    cursor,
    from: cursor && Number.isSafeInteger(from) && from > 0 ? from : 1,
  };
}

/** Writes the query into an address; parameters of others stay. */
export function writeFleetQuery(
  query: FleetQuery,
  parameters: URLSearchParams,
): URLSearchParams {
  const written = new URLSearchParams(parameters);
  const values: Record<string, string | undefined> = {
    status: query.statuses.join(','),
    owner: query.owner,
    system: query.system,
    q: query.text,
    limit: query.pageSize === PAGE_SIZES[0] ? '' : String(query.pageSize),
    cursor: query.cursor,
    from: query.cursor && query.from > 1 ? String(query.from) : '',
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      written.set(name, value);
    } else {
      written.delete(name);
    }
  }
  return written;
}

/** Whether anything narrows the list. */
export function isFiltered(query: FleetQuery): boolean {
  return Boolean(
    query.statuses.length || query.owner || query.system || query.text,
  );
}
