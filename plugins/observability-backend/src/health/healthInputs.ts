import {
  SignalKind,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson, whereAnyOf } from '../database/database';
import { lockEntities } from '../database/locks';
import { fromProblemColumns } from '../database/problems';
import {
  EntityHealthRow,
  EntityRow,
  SignalStateRow,
  SnapshotRow,
  TargetRow,
} from '../database/tables';
import { readLastRestoreTests } from '../restoreTests/DatabaseRestoreTestStore';
import { EntityInputs, SignalInputs } from './EvaluationInputs';
import { fingerprintOf } from './healthRows';

/**
 * Reads what the evaluation of some entities needs, in one statement a table.
 *
 * The entities are locked first: two sources of one entity that end their cycles
 * together must not both roll it up from what they saw before the other.
 */
export async function loadInputs(
  trx: Knex.Transaction,
  entityRefs: string[],
): Promise<EntityInputs[]> {
  const refs = await lockEntities(trx, entityRefs);
  const entities = await trx<EntityRow>('entities')
    .where(query => whereAnyOf(query, 'entity_ref', refs))
    .orderBy('entity_ref')
    .select(
      'entity_ref',
      'title',
      'owner_ref',
      'thresholds',
      'misconfigurations',
      'misconfigured_since',
    );
  const targets = await selectTargets(trx, refs);
  const snapshots = await selectSnapshots(
    trx,
    new Set(targets.map(target => Number(target.id))),
  );
  const restoreTests = await readLastRestoreTests(
    trx,
    new Set(
      targets
        .filter(({ kinds }) =>
          fromJson<string[]>(kinds, []).includes('database'),
        )
        .map(target => target.entity_ref),
    ),
  );
  const states = await trx<SignalStateRow>('signal_states').where(query =>
    whereAnyOf(query, 'entity_ref', refs),
  );
  const healths = await trx<EntityHealthRow>('entity_health').where(query =>
    whereAnyOf(query, 'entity_ref', refs),
  );

  const snapshotOf = new Map(
    snapshots.map(row => [`${row.target_id} ${row.kind}`, row]),
  );
  const statesOf = groupByEntity(states);
  const targetsOf = groupByEntity(targets);
  const healthOf = new Map(healths.map(row => [row.entity_ref, row]));
  return entities.map(entity => {
    const own = statesOf.get(entity.entity_ref) ?? [];
    const stateOf = new Map(
      own.map(row => [`${row.target_id} ${row.kind}`, row]),
    );
    const health = healthOf.get(entity.entity_ref);
    return {
      entityRef: entity.entity_ref,
      title: entity.title,
      ownerRef: entity.owner_ref,
      thresholds: fromJson(entity.thresholds, {}),
      misconfigurations: fromJson(entity.misconfigurations, []),
      misconfiguredSince: entity.misconfigured_since,
      signals: (targetsOf.get(entity.entity_ref) ?? []).flatMap(target =>
        fromJson<SignalKind[]>(target.kinds, []).map(kind =>
          toSignalInputs(
            target,
            kind,
            snapshotOf.get(`${target.id} ${kind}`),
            stateOf.get(`${target.id} ${kind}`),
          ),
        ),
      ),
      restoreTests: restoreTests.get(entity.entity_ref) ?? [],
      storedStates: own.map(row => ({
        targetId: Number(row.target_id),
        kind: row.kind,
      })),
      previous: health && {
        status: health.status as Status | null,
        since: health.since,
        episodeId: health.episode_id,
        fingerprint: fingerprintOf(health),
      },
    };
  });
}

type BoundTargetRow = { entity_ref: string } & Pick<
  TargetRow,
  | 'id'
  | 'provider'
  | 'instance'
  | 'target_key'
  | 'kinds'
  | 'candidate'
  | 'listed'
>;

async function selectTargets(
  trx: Knex.Transaction,
  entityRefs: string[],
): Promise<BoundTargetRow[]> {
  return trx('entity_targets')
    .join('targets', 'targets.id', 'entity_targets.target_id')
    .where(query => whereAnyOf(query, 'entity_targets.entity_ref', entityRefs))
    .orderBy(['entity_targets.entity_ref', 'entity_targets.position'])
    .select(
      'entity_targets.entity_ref',
      'targets.id',
      'targets.provider',
      'targets.instance',
      'targets.target_key',
      'targets.kinds',
      'targets.candidate',
      'targets.listed',
    );
}

type EvaluatedSnapshotRow = Omit<SnapshotRow, 'data' | 'stale_at' | 'url'> & {
  /** SQLite has no booleans: 0 or 1 there. */
  has_data: boolean | number;
};

/** Without the data: thresholds are held against the measurements alone. */
async function selectSnapshots(
  trx: Knex.Transaction,
  targetIds: Set<number>,
): Promise<EvaluatedSnapshotRow[]> {
  return trx<SnapshotRow>('snapshots')
    .where(query => whereAnyOf(query, 'target_id', targetIds))
    .select(
      'target_id',
      'kind',
      'observed_at',
      'measurements',
      'summary',
      trx.raw('data is not null as has_data'),
      'problem_code',
      'problem_message',
      'problem_since',
      'problem_retry_at',
    );
}

function groupByEntity<T extends { entity_ref: string }>(
  rows: T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.entity_ref);
    if (group) {
      group.push(row);
    } else {
      groups.set(row.entity_ref, [row]);
    }
  }
  return groups;
}

function toSignalInputs(
  target: BoundTargetRow,
  kind: SignalKind,
  snapshot: EvaluatedSnapshotRow | undefined,
  state: SignalStateRow | undefined,
): SignalInputs {
  return {
    targetId: Number(target.id),
    provider: target.provider,
    instance: target.instance,
    target: target.target_key,
    kind,
    candidate: Boolean(target.candidate),
    listed: target.listed === null ? null : Boolean(target.listed),
    observedAt: snapshot?.observed_at ?? null,
    measurements: fromJson(snapshot?.measurements, []),
    problem: snapshot && fromProblemColumns(snapshot),
    hasData: Boolean(snapshot?.has_data),
    summary: fromJson<unknown>(snapshot?.summary, undefined),
    previous: state && {
      status: state.status as Status,
      since: state.since,
      reasons: fromJson(state.reasons, []),
      breaches: fromJson(state.breaches, []),
    },
  };
}
