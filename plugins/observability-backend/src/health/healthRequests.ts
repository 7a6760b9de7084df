import { InputError } from '@backstage/errors';
import {
  entityHealthListQuerySchema,
  entityPathSchema,
  Resolution,
  seriesQuerySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { parseRequest } from '../http/parseRequest';
import { EntityHealthFilter } from './HealthReadStore';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_SPAN_MS = 400 * DAY_MS;
/** What is answered when no span is asked for. */
const DEFAULT_SPAN_MS: Record<Resolution, number> = {
  raw: HOUR_MS,
  hour: DAY_MS,
  day: 90 * DAY_MS,
};

/** The reference of the entity that a route is about. */
export function parseEntityPath(params: unknown): string {
  return stringifyEntityRef(parseRequest(entityPathSchema, params));
}

/** What the list of all services is narrowed to, and which page of it. */
export function parseListQuery(query: unknown): {
  filter: EntityHealthFilter;
  limit: number;
  cursor?: string;
} {
  const { status, owner, system, q, limit, cursor } = parseRequest(
    entityHealthListQuerySchema,
    query,
  );
  return {
    filter: { statuses: status, owners: owner, systems: system, text: q },
    limit,
    cursor,
  };
}

/** Which series are read, with the span that is meant when none is given. */
export function parseSeriesQuery(query: unknown, now: Date) {
  const { from, to, ...rest } = parseRequest(seriesQuerySchema, query);
  const end = to ? new Date(to) : now;
  const start = from
    ? new Date(from)
    : new Date(end.getTime() - DEFAULT_SPAN_MS[rest.resolution]);
  if (start >= end) {
    throw new InputError('"from": must be before "to"');
  }
  if (end.getTime() - start.getTime() > LONGEST_SPAN_MS) {
    throw new InputError(
      '"from": the span is longer than 400 days; ask for a part of it',
    );
  }
  return { ...rest, from: start, to: end };
}
