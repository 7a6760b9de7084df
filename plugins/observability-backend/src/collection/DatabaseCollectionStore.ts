import { ConflictError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  Problem,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { batches, fromJson, toInstant, whereAnyOf } from '../database/database';
import { fromProblemColumns, toProblemColumns } from '../database/problems';
import {
  ProviderInstanceRow,
  SnapshotRow,
  TargetRow,
} from '../database/tables';
import {
  CollectionStore,
  InstanceId,
  InstanceState,
  StoredTarget,
  TargetRecord,
} from './CollectionStore';
import { deleteExpiredSamples, recordSamples } from './samples';
import { recordSnapshots } from './snapshots';

export class DatabaseCollectionStore implements CollectionStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async beginCycle(
    id: InstanceId,
    cycleId: string,
    now: Date,
  ): Promise<InstanceState> {
    await this.#instances()
      .insert({
        ...idColumns(id),
        cycle_id: cycleId,
        last_run_at: toInstant(now),
      })
      .onConflict(['provider', 'instance'])
      .merge(['cycle_id', 'last_run_at']);
    const row = await this.#instances().where(idColumns(id)).first();
    return {
      state: fromJson<JsonObject | undefined>(row?.state, undefined),
      lastRunAt: row?.last_run_at ?? null,
      lastSuccessAt: row?.last_success_at ?? null,
      problem: row && fromProblemColumns(row),
    };
  }

  async endCycle(
    id: InstanceId,
    cycleId: string,
    end: { now: Date; state?: JsonObject; problem?: Problem; success: boolean },
  ): Promise<boolean> {
    const count = await this.#instances()
      .where({ ...idColumns(id), cycle_id: cycleId })
      .update({
        ...toProblemColumns(end.problem),
        ...(end.state ? { state: JSON.stringify(end.state) } : {}),
        ...(end.success ? { last_success_at: toInstant(end.now) } : {}),
      });
    return count === 1;
  }

  async setInstanceProblem(id: InstanceId, problem: Problem): Promise<void> {
    await this.#instances()
      .insert({ ...idColumns(id), ...toProblemColumns(problem) })
      .onConflict(['provider', 'instance'])
      .merge([
        'problem_code',
        'problem_message',
        'problem_since',
        'problem_retry_at',
      ]);
  }

  async targetsOf(id: InstanceId): Promise<StoredTarget[]> {
    const rows = await this.#targets().where(idColumns(id)).orderBy('id');
    const failing = await this.#knex('snapshots')
      .join('targets', 'targets.id', 'snapshots.target_id')
      .where({ provider: id.provider, instance: id.instance })
      .whereNotNull('problem_code')
      .select<
        Pick<
          SnapshotRow,
          | 'target_id'
          | 'kind'
          | 'problem_code'
          | 'problem_message'
          | 'problem_since'
          | 'problem_retry_at'
        >[]
      >(
        'target_id',
        'kind',
        'problem_code',
        'problem_message',
        'problem_since',
        'problem_retry_at',
      );
    const problems = new Map<number, StoredTarget['problems']>();
    for (const row of failing) {
      const known = problems.get(Number(row.target_id)) ?? {};
      known[row.kind as SignalKind] = fromProblemColumns(row);
      problems.set(Number(row.target_id), known);
    }
    return rows.map(row => ({
      id: Number(row.id),
      key: row.target_key,
      kinds: fromJson<SignalKind[]>(row.kinds, []),
      candidate: Boolean(row.candidate),
      details: fromJson<JsonObject | undefined>(row.details, undefined),
      state: fromJson<JsonObject | undefined>(row.state, undefined),
      requested: row.requested_at !== null,
      problems: problems.get(Number(row.id)) ?? {},
    }));
  }

  async record<T>(
    id: InstanceId,
    cycleId: string,
    records: TargetRecord[],
    requestedBefore: Date,
    then: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(async trx => {
      // Also a lock: a cycle that begins meanwhile waits for this transaction.
      const ours = await trx<ProviderInstanceRow>('provider_instances')
        .where({ ...idColumns(id), cycle_id: cycleId })
        .update({ cycle_id: cycleId });
      if (ours !== 1) {
        throw new ConflictError(
          `Another cycle of ${id.provider} (${id.instance}) has begun; this one writes nothing more`,
        );
      }
      await recordTargets(trx, records, requestedBefore);
      await recordSnapshots(trx, records);
      await recordSamples(trx, records);
      return then(trx);
    });
  }

  async requestTargets(
    id: { provider: string; instance?: string },
    keys: string[] | 'all',
    now: Date,
  ): Promise<number> {
    return this.#targets()
      .where({
        provider: id.provider,
        ...(id.instance ? { instance: id.instance } : {}),
      })
      .where(query => {
        if (keys !== 'all') {
          query.where(inner => {
            for (const key of keys) {
              inner
                .orWhere('target_key', key)
                .orWhereLike('target_key', `${escapeLike(key)}@%`);
            }
          });
        }
      })
      .update({ requested_at: toInstant(now) });
  }

  async requestEntity(entityRef: string, now: Date): Promise<InstanceId[]> {
    const targets = await this.#knex('entity_targets')
      .join('targets', 'targets.id', 'entity_targets.target_id')
      .where('entity_ref', entityRef)
      .select<Pick<TargetRow, 'id' | 'provider' | 'instance'>[]>(
        'id',
        'provider',
        'instance',
      );
    await this.#targets()
      .where(query =>
        whereAnyOf(
          query,
          'id',
          targets.map(target => target.id),
        ),
      )
      .update({ requested_at: toInstant(now) });
    const instances = new Map<string, InstanceId>();
    for (const { provider, instance } of targets) {
      instances.set(`${provider}:${instance}`, { provider, instance });
    }
    return [...instances.values()];
  }

  async instanceStates() {
    const rows = await this.#instances();
    return rows.map(row => ({
      provider: row.provider,
      instance: row.instance,
      lastRunAt: row.last_run_at,
      lastSuccessAt: row.last_success_at,
      problem: fromProblemColumns(row),
    }));
  }

  async sourceCounts(readable: 'all' | ReadonlySet<string>, now: string) {
    const rows = await this.#knex('entity_targets')
      .join('targets', 'targets.id', 'entity_targets.target_id')
      .leftJoin('snapshots', 'snapshots.target_id', 'targets.id')
      .where(query => {
        if (readable !== 'all') {
          whereAnyOf(query, 'entity_targets.entity_ref', readable);
        }
      })
      .groupBy('targets.provider', 'targets.instance')
      .select<
        {
          provider: string;
          instance: string;
          targets: number | string;
          affected: number | string;
        }[]
      >(
        'targets.provider',
        'targets.instance',
        this.#knex.raw('count(distinct targets.id) as targets'),
        this.#knex.raw(
          `count(distinct case when snapshots.problem_code is not null
             or snapshots.stale_at < ? then entity_targets.entity_ref end) as affected`,
          [now],
        ),
      );
    return rows.map(row => ({
      provider: row.provider,
      instance: row.instance,
      targets: Number(row.targets),
      affected: Number(row.affected),
    }));
  }

  async hasRequestsSince(id: InstanceId, since: Date): Promise<boolean> {
    const row = await this.#targets()
      .where(idColumns(id))
      .where('requested_at', '>', toInstant(since))
      .first('id');
    return row !== undefined;
  }

  async deleteExpired(before: {
    rawSamples: Date;
    hourlySamples: Date;
    signal: AbortSignal;
  }): Promise<number> {
    return deleteExpiredSamples(this.#knex, before);
  }

  #targets() {
    return this.#knex<TargetRow>('targets');
  }

  #instances() {
    return this.#knex<ProviderInstanceRow>('provider_instances');
  }
}

function idColumns(id: InstanceId): InstanceId {
  return { provider: id.provider, instance: id.instance };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, character => `\\${character}`);
}

/** State, listing and served requests of the targets, in one statement a batch. */
async function recordTargets(
  trx: Knex.Transaction,
  records: TargetRecord[],
  requestedBefore: Date,
): Promise<void> {
  for (const batch of batches(records)) {
    const ids = batch.map(record => record.targetId);
    await trx<TargetRow>('targets')
      .where(query => whereAnyOf(query, 'id', ids))
      .where('requested_at', '<=', toInstant(requestedBefore))
      .update({ requested_at: null });

    await updateColumn(
      trx,
      'state',
      batch.flatMap(({ targetId, state }) =>
        state ? [{ targetId, value: JSON.stringify(state) }] : [],
      ),
    );
    for (const listed of [true, false]) {
      await trx<TargetRow>('targets')
        .where(query =>
          whereAnyOf(
            query,
            'id',
            batch
              .filter(record => record.listed === listed)
              .map(record => record.targetId),
          ),
        )
        .update({ listed });
    }
  }
}

async function updateColumn(
  trx: Knex.Transaction,
  column: 'state',
  values: { targetId: number; value: string }[],
): Promise<void> {
  if (values.length === 0) {
    return;
  }
  const cases = values.map(() => 'when ? then ?').join(' ');
  await trx<TargetRow>('targets')
    .where(query =>
      whereAnyOf(
        query,
        'id',
        values.map(({ targetId }) => targetId),
      ),
    )
    .update({
      [column]: trx.raw(
        `case id ${cases} end`,
        values.flatMap(({ targetId, value }) => [targetId, value]),
      ),
    });
}
