import {
  SignalIdentity,
  SignalKind,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson } from '../database/database';
import { fromProblemColumns } from '../database/problems';
import {
  EntityHealthRow,
  EntityRow,
  SignalStateRow,
  SnapshotRow,
  TargetRow,
} from '../database/tables';
import { readLastRestoreTests } from '../restoreTests/DatabaseRestoreTestStore';
import { StoredReport, StoredSignal } from './HealthReadStore';

/** See `HealthReadStore`. */
export async function readReport(
  knex: Knex,
  entityRef: string,
): Promise<StoredReport | undefined> {
  const [entity, signals] = await Promise.all([
    knex('entities')
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
    readSignals(knex, entityRef),
  ]);
  const restoreTests = await readLastRestoreTests(
    knex,
    signals.some(({ kind }) => kind === 'database') ? [entityRef] : [],
  );
  return (
    entity && {
      title: entity.title,
      kind: entity.kind,
      status: (entity.status ?? null) as Status | null,
      since: entity.since ?? null,
      thresholds: fromJson(entity.thresholds, {}),
      misconfigurations: fromJson(entity.misconfigurations, []),
      signals,
      restoreTests: restoreTests.get(entityRef) ?? [],
    }
  );
}

/** See `HealthReadStore`. */
export async function readSignalIdentities(
  knex: Knex,
  entityRef: string,
): Promise<(SignalIdentity & { targetId: number })[] | undefined> {
  const rows: (Omit<TargetRow, 'id'> & { id: number | null })[] = await knex(
    'entities',
  )
    .leftJoin(
      'entity_targets',
      'entity_targets.entity_ref',
      'entities.entity_ref',
    )
    .leftJoin('targets', 'targets.id', 'entity_targets.target_id')
    .where('entities.entity_ref', entityRef)
    .orderBy('entity_targets.position')
    .select(
      'targets.id',
      'targets.provider',
      'targets.instance',
      'targets.target_key',
      'targets.kinds',
    );
  if (rows.length === 0) {
    return undefined;
  }
  return rows.flatMap(row =>
    row.id === null
      ? []
      : fromJson<SignalKind[]>(row.kinds, []).map(kind => ({
          targetId: Number(row.id),
          provider: row.provider,
          instance: row.instance,
          target: row.target_key,
          kind,
        })),
  );
}

type SignalRow = TargetRow &
  Partial<SnapshotRow> &
  Pick<Partial<SignalStateRow>, 'status' | 'since' | 'reasons'> & {
    snapshot_kind: string | null;
  };

/** In one statement, since this is read at each view of a page. */
async function readSignals(
  knex: Knex,
  entityRef: string,
): Promise<StoredSignal[]> {
  const rows: SignalRow[] = await knex('entity_targets')
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
  const targets = new Map<number, SignalRow[]>();
  for (const row of rows) {
    const id = Number(row.id);
    targets.set(id, [...(targets.get(id) ?? []), row]);
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

function toStoredSignal(
  target: TargetRow,
  kind: SignalKind,
  row: SignalRow | undefined,
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
