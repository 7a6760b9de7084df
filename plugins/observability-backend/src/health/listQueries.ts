import {
  EntityHealth,
  MemberHealth,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  escapeLike,
  fromJson,
  orWhereLike,
  whereAnyOf,
} from '../database/database';
import { EntityHealthRow, EntityRow } from '../database/tables';
import {
  EntityHealthFilter,
  ListedEntity,
  ListPosition,
  Readable,
} from './HealthReadStore';

/** The kinds that the list of all services shows; Systems, Domains and Groups roll up. */
const LISTED_KINDS = ['component', 'api', 'resource'];
const LISTED_REASONS = 2;

/** The order of lists; `entity_health_order_idx` has it. */
export const WORST_FIRST = [
  { column: 'entity_health.rank', order: 'desc' },
  { column: 'entity_health.sort_since', order: 'asc' },
  { column: 'entity_health.entity_ref', order: 'asc' },
];
const BEST_FIRST = WORST_FIRST.map(({ column, order }) => ({
  column,
  order: order === 'asc' ? 'desc' : 'asc',
}));

type Row = EntityRow & EntityHealthRow;

/** Narrows a query over `entities` (and `entity_health`, for statuses and text). */
export function filterEntities(
  query: Knex.QueryBuilder,
  options: { filter: EntityHealthFilter; readable: Readable },
): void {
  const { filter, readable } = options;
  query.whereIn('entities.kind', LISTED_KINDS);
  if (readable !== 'all') {
    whereAnyOf(query, 'entities.entity_ref', readable);
  }
  if (filter.owners?.length) {
    query.whereIn('entities.owner_ref', filter.owners);
  }
  if (filter.systems?.length) {
    query.whereIn('entities.system_ref', filter.systems);
  }
  const { statuses } = filter;
  if (statuses?.length) {
    query.where(any => {
      any.whereIn(
        'entity_health.status',
        statuses.filter(status => status !== 'unconfigured'),
      );
      if (statuses.includes('unconfigured')) {
        any.orWhereNull('entity_health.status');
      }
    });
  }
  for (const word of (filter.text ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${escapeLike(word.toLocaleLowerCase('en-US'))}%`;
    query.where(any => {
      orWhereLike(any, 'entities.search_text', pattern);
      orWhereLike(any, 'entity_health.search_text', pattern);
    });
  }
}

/** Worst first, then longest, then by reference; from `after` on, or what comes before `before`, nearest first. */
export function orderAndPage(
  query: Knex.QueryBuilder,
  options: { limit: number; after?: ListPosition; before?: ListPosition },
): void {
  const { after, before } = options;
  const backwards = before !== undefined;
  const position = after ?? before;
  if (position) {
    const { rank, since, entityRef } = position;
    const [further, onward] = backwards ? ['>', '<'] : ['<', '>'];
    query.where(any =>
      any
        .where('entity_health.rank', further, rank)
        .orWhere(same =>
          same
            .where('entity_health.rank', rank)
            .where('entity_health.sort_since', onward, since),
        )
        .orWhere(same =>
          same
            .where('entity_health.rank', rank)
            .where('entity_health.sort_since', since)
            .where('entity_health.entity_ref', onward, entityRef),
        ),
    );
  }
  query.orderBy(backwards ? BEST_FIRST : WORST_FIRST).limit(options.limit + 1);
}

export function toListedEntity(row: Row): ListedEntity {
  const health: EntityHealth = {
    ...toMember(row),
    owner: row.owner_ref ?? undefined,
    system: row.system_ref ?? undefined,
    signals: fromJson(row.signal_counts, {
      ok: 0,
      warning: 0,
      critical: 0,
      unknown: 0,
    }),
    database: fromJson<EntityHealth['database']>(row.database, undefined),
    errors: fromJson<EntityHealth['errors']>(row.errors, undefined),
    onCall: [],
    openIncidents: 0,
  };
  return {
    health,
    position: {
      rank: Number(row.rank),
      since: row.sort_since,
      entityRef: row.entity_ref,
    },
  };
}

export function toMember(row: Row): MemberHealth {
  return {
    entityRef: row.entity_ref,
    title: row.title,
    status: row.status as Status | null,
    since: row.since,
    reasons: fromJson<MemberHealth['reasons']>(row.reasons, []).slice(
      0,
      LISTED_REASONS,
    ),
    reasonCount: Number(row.reason_count),
  };
}
