import { ConflictError } from '@backstage/errors';
import {
  durationToMilliseconds,
  HumanDuration,
  JsonObject,
} from '@backstage/types';
import {
  Problem,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { fromJson, toInstant } from '../database/database';
import { lockTargets } from '../database/locks';
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
import { deleteExpiredSamples, SampleRetention } from './expiredSamples';
import {
  hasRequestsSince,
  requestEntity,
  requestTargets,
} from './requestQueries';
import { packSamples } from './packSamples';
import { recordSamples } from './samples';
import { recordSnapshots } from './snapshots';
import { countSources } from './sourceQueries';
import { recordTargets } from './targetUpdates';

export class DatabaseCollectionStore implements CollectionStore {
  readonly #knex: Knex;
  readonly #rawSamplesMs: number;

  constructor(options: {
    knex: Knex;
    /** How long samples are kept as they were read. */
    rawSamples: HumanDuration;
  }) {
    this.#knex = options.knex;
    this.#rawSamplesMs = durationToMilliseconds(options.rawSamples);
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

  async targetsOf(id: InstanceId): Promise<StoredTarget[]> {
    const [rows, problems] = await Promise.all([
      this.#knex<TargetRow>('targets').where(idColumns(id)).orderBy('id'),
      this.#problemsOf(id),
    ]);
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
    startedAt: Date,
    then: (trx: Knex.Transaction, kept: TargetRecord[]) => Promise<T>,
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
      const known = await lockTargets(
        trx,
        records.map(({ targetId }) => targetId),
      );
      const kept = records.filter(({ targetId }) => known.has(targetId));
      await recordTargets(trx, kept, startedAt);
      await recordSnapshots(trx, kept);
      await recordSamples(trx, kept, {
        now: startedAt,
        rawSamplesMs: this.#rawSamplesMs,
      });
      return then(trx, kept);
    });
  }

  async requestTargets(
    provider: string,
    keys: string[] | 'all',
    now: Date,
  ): Promise<InstanceId[]> {
    return requestTargets(this.#knex, provider, keys, now);
  }

  async requestEntity(entityRef: string, now: Date): Promise<InstanceId[]> {
    return requestEntity(this.#knex, entityRef, now);
  }

  async hasRequestsSince(id: InstanceId, since: Date): Promise<boolean> {
    return hasRequestsSince(this.#knex, id, since);
  }

  async instanceStates() {
    const rows = await this.#instances().select(
      'provider',
      'instance',
      'last_run_at',
      'last_success_at',
      'problem_code',
      'problem_message',
      'problem_since',
      'problem_retry_at',
    );
    return rows.map(row => ({
      provider: row.provider,
      instance: row.instance,
      lastRunAt: row.last_run_at,
      lastSuccessAt: row.last_success_at,
      problem: fromProblemColumns(row),
    }));
  }

  async sourceCounts(readable: 'all' | ReadonlySet<string>, now: string) {
    return countSources(this.#knex, readable, now);
  }

  async packSamples(options: {
    before: Date;
    signal: AbortSignal;
  }): Promise<void> {
    await packSamples(this.#knex, options);
  }

  async deleteExpired(
    before: SampleRetention & { signal: AbortSignal },
  ): Promise<number> {
    return deleteExpiredSamples(this.#knex, before);
  }

  /** What is failing, by target and kind. */
  async #problemsOf(
    id: InstanceId,
  ): Promise<Map<number, StoredTarget['problems']>> {
    const rows = await this.#knex('snapshots')
      .join('targets', 'targets.id', 'snapshots.target_id')
      .where(idColumns(id))
      .whereNotNull('problem_code')
      .select<Omit<SnapshotRow, 'data' | 'summary' | 'measurements'>[]>(
        'target_id',
        'kind',
        'problem_code',
        'problem_message',
        'problem_since',
        'problem_retry_at',
      );
    const problems = new Map<number, StoredTarget['problems']>();
    for (const row of rows) {
      const known = problems.get(Number(row.target_id)) ?? {};
      known[row.kind as SignalKind] = fromProblemColumns(row);
      problems.set(Number(row.target_id), known);
    }
    return problems;
  }

  #instances() {
    return this.#knex<ProviderInstanceRow>('provider_instances');
  }
}

function idColumns(id: InstanceId): InstanceId {
  return { provider: id.provider, instance: id.instance };
}
