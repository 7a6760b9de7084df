import {
  MemberHealth,
  Resolution,
  SeriesPoint,
  SignalKind,
  Status,
  StatusCounts,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { toInstant, whereAnyOf } from '../database/database';
import { EntityHealthRow, EntityRow } from '../database/tables';
import { readData, readDependencies, readTransitions } from './changeQueries';
import {
  EntityHealthFilter,
  HealthReadStore,
  ListedEntity,
  ListPosition,
  Readable,
} from './HealthReadStore';
import {
  filterEntities,
  orderAndPage,
  toListedEntity,
  toMember,
  WORST_FIRST,
} from './listQueries';
import { findMembers } from './memberQueries';
import { readReport, readSignalIdentities } from './reportQueries';
import { readSeries } from './seriesQueries';

export class DatabaseHealthReadStore implements HealthReadStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async report(entityRef: string) {
    return readReport(this.#knex, entityRef);
  }

  async signalsOf(entityRef: string) {
    return readSignalIdentities(this.#knex, entityRef);
  }

  async dependenciesOf(entityRef: string) {
    return readDependencies(this.#knex, entityRef);
  }

  async transitionsBetween(entityRefs: string[], from: string, to: string) {
    return readTransitions(this.#knex, entityRefs, from, to);
  }

  async dataOf(entityRefs: string[], kind: SignalKind) {
    return readData(this.#knex, entityRefs, kind);
  }

  async membersOf(entityRef: string): Promise<MemberHealth[]> {
    const refs = await findMembers(this.#knex, entityRef);
    const rows = await this.#listRows()
      .where(query => whereAnyOf(query, 'entities.entity_ref', refs))
      .orderBy(WORST_FIRST);
    return rows.map(toMember);
  }

  async list(options: {
    filter: EntityHealthFilter;
    readable: Readable;
    limit: number;
    after?: ListPosition;
    before?: ListPosition;
  }): Promise<ListedEntity[]> {
    const rows = await this.#listRows()
      .where(query => filterEntities(query, options))
      .modify(query => orderAndPage(query, options));
    const listed = rows.map(toListedEntity);
    return options.before ? listed.reverse() : listed;
  }

  async totals(options: {
    filter: EntityHealthFilter;
    readable: Readable;
  }): Promise<StatusCounts & { unconfigured: number }> {
    const rows = await this.#knex('entities')
      .join('entity_health', 'entity_health.entity_ref', 'entities.entity_ref')
      .where(query =>
        filterEntities(query, {
          ...options,
          filter: { ...options.filter, statuses: undefined },
        }),
      )
      .groupBy('status')
      .select<{ status: Status | null; count: number | string }[]>(
        'status',
        this.#knex.raw('count(*) as count'),
      );
    const totals = {
      ok: 0,
      warning: 0,
      critical: 0,
      unknown: 0,
      unconfigured: 0,
    };
    for (const { status, count } of rows) {
      totals[status ?? 'unconfigured'] = Number(count);
    }
    return totals;
  }

  async facets(readable: Readable) {
    const [owners, systems] = await Promise.all([
      this.#distinct('owner_ref', readable),
      this.#distinct('system_ref', readable),
    ]);
    return { owners, systems };
  }

  async series(options: {
    targetId: number;
    metric: string;
    subject?: string;
    from: number;
    to: number;
    resolution: Resolution;
  }): Promise<{ subject: string; points: SeriesPoint[] }[]> {
    return readSeries(this.#knex, options);
  }

  async claimRefresh(
    entityRef: string,
    now: Date,
    notSince: Date,
  ): Promise<boolean> {
    const count = await this.#knex<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .where(query =>
        query
          .whereNull('refresh_requested_at')
          .orWhere('refresh_requested_at', '<', toInstant(notSince)),
      )
      .update({ refresh_requested_at: toInstant(now) });
    return count === 1;
  }

  async #distinct(
    column: 'owner_ref' | 'system_ref',
    readable: Readable,
  ): Promise<string[]> {
    return this.#knex('entities')
      .where(query => filterEntities(query, { filter: {}, readable }))
      .whereNotNull(column)
      .distinct(column)
      .orderBy(column)
      .pluck(column);
  }

  #listRows(): Knex.QueryBuilder<object, (EntityRow & EntityHealthRow)[]> {
    return this.#knex('entities')
      .join('entity_health', 'entity_health.entity_ref', 'entities.entity_ref')
      .select(
        'entities.entity_ref',
        'entities.title',
        'entities.owner_ref',
        'entities.system_ref',
        'entity_health.status',
        'entity_health.rank',
        'entity_health.since',
        'entity_health.sort_since',
        'entity_health.reasons',
        'entity_health.reason_count',
        'entity_health.signal_counts',
        'entity_health.errors',
        'entity_health.database',
      );
  }
}
