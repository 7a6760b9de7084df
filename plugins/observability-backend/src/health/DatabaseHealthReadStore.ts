import {
  MemberHealth,
  Resolution,
  SeriesPoint,
  SignalKind,
  Status,
  StatusCounts,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson, toInstant, whereAnyOf } from '../database/database';
import { fromProblemColumns } from '../database/problems';
import {
  EntityHealthRow,
  EntityRow,
  SignalStateRow,
  SnapshotRow,
  TargetRow,
  TransitionRow,
} from '../database/tables';
import {
  EntityHealthFilter,
  HealthReadStore,
  ListedEntity,
  ListPosition,
  Readable,
  StoredReport,
  StoredSignal,
} from './HealthReadStore';
import {
  filterEntities,
  orderAndPage,
  toListedEntity,
  toMember,
} from './listQueries';
import { findMembers } from './memberQueries';
import { readSeries } from './seriesQueries';

type SignalJoinRow = TargetRow &
  Partial<SnapshotRow> &
  Pick<Partial<SignalStateRow>, 'status' | 'since' | 'reasons'> & {
    snapshot_kind: string | null;
    state_kind: string | null;
  };

export class DatabaseHealthReadStore implements HealthReadStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async report(entityRef: string): Promise<StoredReport | undefined> {
    const [entity, signals] = await Promise.all([
      this.#knex('entities')
        .leftJoin(
          'entity_health',
          'entity_health.entity_ref',
          'entities.entity_ref',
        )
        .where('entities.entity_ref', entityRef)
        .first<
          (EntityRow & Pick<EntityHealthRow, 'status' | 'since'>) | undefined
        >(
          'entities.kind',
          'entities.title',
          'entities.thresholds',
          'entities.misconfigurations',
          'entity_health.status',
          'entity_health.since',
        ),
      this.#signals(entityRef),
    ]);
    return (
      entity && {
        title: entity.title,
        kind: entity.kind,
        status: (entity.status ?? null) as Status | null,
        since: entity.since ?? null,
        thresholds: fromJson(entity.thresholds, {}),
        misconfigurations: fromJson(entity.misconfigurations, []),
        signals,
      }
    );
  }

  async dependenciesOf(entityRef: string): Promise<string[]> {
    return this.#knex('entity_relations')
      .where({ source_ref: entityRef, type: 'dependsOn' })
      .pluck('target_ref');
  }

  async transitionsBetween(entityRefs: string[], from: string, to: string) {
    const rows = await this.#knex<TransitionRow>('transitions')
      .where(query => whereAnyOf(query, 'entity_ref', entityRefs))
      .whereNull('signal_id')
      .whereBetween('at', [from, to])
      .select('entity_ref', 'at', 'to_status', 'message')
      .orderBy('at', 'desc')
      .limit(50);
    return rows.map(row => ({
      entityRef: row.entity_ref,
      at: row.at,
      to: row.to_status as Status | null,
      message: row.message,
    }));
  }

  async dataOf(entityRefs: string[], kind: SignalKind) {
    const rows = await this.#knex('entity_targets')
      .join('snapshots', 'snapshots.target_id', 'entity_targets.target_id')
      .where(query =>
        whereAnyOf(query, 'entity_targets.entity_ref', entityRefs),
      )
      .where('snapshots.kind', kind)
      .whereNotNull('snapshots.data')
      .select<{ entity_ref: string; data: string }[]>(
        'entity_targets.entity_ref',
        'snapshots.data',
      );
    return rows.map(row => ({ entityRef: row.entity_ref, data: row.data }));
  }

  async membersOf(entityRef: string): Promise<MemberHealth[]> {
    const refs = await findMembers(this.#knex, entityRef);
    const rows = await this.#listRows()
      .where(query => whereAnyOf(query, 'entities.entity_ref', refs))
      .orderBy([
        { column: 'entity_health.rank', order: 'desc' },
        { column: 'entity_health.sort_since' },
        { column: 'entities.entity_ref' },
      ]);
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
    const distinct = async (column: 'owner_ref' | 'system_ref') => {
      const values: string[] = await this.#knex('entities')
        .where(query => filterEntities(query, { filter: {}, readable }))
        .whereNotNull(column)
        .distinct(column)
        .orderBy(column)
        .pluck(column);
      return values;
    };
    const [owners, systems] = await Promise.all([
      distinct('owner_ref'),
      distinct('system_ref'),
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

  async #signals(entityRef: string): Promise<StoredSignal[]> {
    const rows: SignalJoinRow[] = await this.#knex('entity_targets')
      .join('targets', 'targets.id', 'entity_targets.target_id')
      .leftJoin('snapshots', 'snapshots.target_id', 'targets.id')
      .leftJoin('signal_states', join =>
        join
          .on('signal_states.entity_ref', 'entity_targets.entity_ref')
          .andOn('signal_states.target_id', 'targets.id')
          .andOn('signal_states.kind', 'snapshots.kind'),
      )
      .where('entity_targets.entity_ref', entityRef)
      .orderBy('entity_targets.position')
      .select(
        'targets.id',
        'targets.provider',
        'targets.instance',
        'targets.target_key',
        'targets.kinds',
        'targets.candidate',
        'targets.listed',
        'snapshots.kind as snapshot_kind',
        'snapshots.observed_at',
        'snapshots.stale_at',
        'snapshots.data',
        'snapshots.url',
        'snapshots.problem_code',
        'snapshots.problem_message',
        'snapshots.problem_since',
        'snapshots.problem_retry_at',
        'signal_states.status',
        'signal_states.since',
        'signal_states.reasons',
      );
    const targets = new Map<number, SignalJoinRow[]>();
    for (const row of rows) {
      targets.set(Number(row.id), [
        ...(targets.get(Number(row.id)) ?? []),
        row,
      ]);
    }
    return [...targets.values()].flatMap(ofTarget =>
      fromJson<SignalKind[]>(ofTarget[0].kinds, []).map(kind =>
        toStoredSignal(
          ofTarget[0],
          kind,
          ofTarget.find(row => row.snapshot_kind === kind),
        ),
      ),
    );
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
      );
  }
}

function toStoredSignal(
  target: TargetRow,
  kind: SignalKind,
  row: SignalJoinRow | undefined,
): StoredSignal {
  return {
    targetId: Number(target.id),
    provider: target.provider,
    instance: target.instance,
    target: target.target_key,
    kind,
    candidate: Boolean(target.candidate),
    listed: target.listed === null ? null : Boolean(target.listed),
    observedAt: row?.observed_at ?? null,
    staleAt: row?.stale_at ?? null,
    data: row?.data ?? null,
    url: row?.url ?? null,
    problem: row?.problem_code
      ? fromProblemColumns({
          problem_code: row.problem_code,
          problem_message: row.problem_message ?? null,
          problem_since: row.problem_since ?? null,
          problem_retry_at: row.problem_retry_at ?? null,
        })
      : undefined,
    previous: row?.status
      ? {
          status: row.status as Status,
          since: row.since ?? null,
          reasons: fromJson(row.reasons, []),
          breaches: [],
        }
      : undefined,
  };
}
