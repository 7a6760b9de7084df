import {
  RunbookRunOutcome,
  RunbookStepState,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { toInstant } from '../../database/database';
import { RunbookRunRow, RunbookRunStepRow } from '../../database/tables';
import { bumpRevision } from '../store/bumpRevision';
import {
  NewRun,
  RunbookRunStore,
  RunFigures,
  RunPosition,
  RunRefusal,
  StoredRun,
  StoredRunWithSteps,
} from './RunbookRunStore';
import { fromRunRow, stepsOf, toRunRow } from './runRows';

/** Lists leave the steps of runs alone. */
const WITHOUT_STEPS: (keyof RunbookRunRow)[] = [
  'id',
  'runbook_id',
  'title',
  'entity_ref',
  'incident_id',
  'entity_refs',
  'content_hash',
  'step_count',
  'settled_count',
  'version',
  'started_at',
  'started_by',
  'taken_over_at',
  'taken_over_by',
  'finished_at',
  'finished_by',
  'outcome',
  'changed_at',
];

/**
 * Each change locks the row of its run and raises the version, so that changes of
 * several people come one after the other and none is lost.
 */
export class DatabaseRunbookRunStore implements RunbookRunStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async create(run: NewRun): Promise<void> {
    await this.#runs().insert(toRunRow(run));
  }

  async get(id: string): Promise<StoredRunWithSteps | undefined> {
    const row = await this.#runs().where({ id }).first();
    if (!row) {
      return undefined;
    }
    const rows = await this.#stepsOf([id]);
    return {
      ...fromRunRow(row, rows),
      steps: stepsOf(row, rows),
      stepVersions: new Map(rows.map(step => [step.step_index, step.version])),
    };
  }

  async list(options: {
    entityRef?: string;
    runbookId?: string;
    incidentId?: string;
    state?: 'running' | 'finished';
    after?: RunPosition;
    limit: number;
  }): Promise<StoredRun[]> {
    const { entityRef, runbookId, incidentId, state, after, limit } = options;
    const query = this.#runs()
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (entityRef !== undefined) {
      query.where({ entity_ref: entityRef });
    }
    if (runbookId !== undefined) {
      query.where({ runbook_id: runbookId });
    }
    if (incidentId !== undefined) {
      query.where({ incident_id: incidentId });
    }
    if (state === 'running') {
      query.whereNull('finished_at');
    } else if (state === 'finished') {
      query.whereNotNull('finished_at');
    }
    if (after !== undefined) {
      query.where(older =>
        older
          .where('started_at', '<', after.startedAt)
          .orWhere(same =>
            same
              .where('started_at', after.startedAt)
              .where('id', '<', after.id),
          ),
      );
    }
    const rows: RunbookRunRow[] = await query.select(...WITHOUT_STEPS);
    const steps = await this.#stepsOf(rows.map(({ id }) => id));
    return rows.map(row =>
      fromRunRow(
        row,
        steps.filter(({ run_id }) => run_id === row.id),
      ),
    );
  }

  async setStep(
    id: string,
    step: {
      index: number;
      state: RunbookStepState;
      note?: string;
      version?: number;
      by: string;
      now: string;
    },
  ): Promise<RunRefusal | undefined> {
    const { index, state, by, now } = step;
    return this.#change(id, now, async (trx, run) => {
      if (index >= run.step_count) {
        return 'no-step';
      }
      const rows = await trx<RunbookRunStepRow>('runbook_run_steps')
        .where({ run_id: id })
        .select();
      const before = rows.find(({ step_index }) => step_index === index);
      if (step.version !== undefined && (before?.version ?? 0) > step.version) {
        return 'changed';
      }
      const note = step.note === undefined ? before?.note ?? null : step.note;
      const row: RunbookRunStepRow = {
        run_id: id,
        step_index: index,
        state,
        note: note === '' ? null : note,
        changed_by: by,
        changed_at: now,
        version: run.version + 1,
      };
      await trx<RunbookRunStepRow>('runbook_run_steps')
        .insert(row)
        .onConflict(['run_id', 'step_index'])
        .merge();
      const settled = rows.filter(
        other => other.step_index !== index && other.state !== 'todo',
      ).length;
      return { settled_count: settled + (state === 'todo' ? 0 : 1) };
    });
  }

  async takeOver(
    id: string,
    { by, now }: { by: string; now: string },
  ): Promise<RunRefusal | undefined> {
    return this.#change(id, now, async () => ({
      taken_over_by: by,
      taken_over_at: now,
    }));
  }

  async finish(
    id: string,
    change: { outcome: RunbookRunOutcome; by: string; now: string },
  ): Promise<RunRefusal | undefined> {
    const { outcome, by, now } = change;
    return this.#change(id, now, async trx => {
      // How fresh a runbook is hangs on it.
      await bumpRevision(trx);
      return { outcome, finished_by: by, finished_at: now };
    });
  }

  async lastFinished(runbookId: string): Promise<StoredRun | undefined> {
    const row = await this.#runs()
      .where({ runbook_id: runbookId })
      .whereNotNull('finished_at')
      .orderBy([
        { column: 'finished_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .first();
    return row && fromRunRow(row, []);
  }

  async figures(since?: Date): Promise<RunFigures[]> {
    const rows: {
      runbook_id: string;
      outcome: string;
      count: number | string;
      last_at: string;
    }[] = await this.#knex('runbook_runs')
      .whereNotNull('outcome')
      .where('finished_at', '>=', since ? toInstant(since) : '')
      .groupBy('runbook_id', 'outcome')
      .select('runbook_id', 'outcome')
      .count({ count: '*' })
      .max({ last_at: 'finished_at' });
    const figures = new Map<string, RunFigures>();
    for (const row of rows) {
      const of = figures.get(row.runbook_id) ?? {
        runbookId: row.runbook_id,
        runs: 0,
        worked: 0,
        partly: 0,
        didNotHelp: 0,
      };
      const count = Number(row.count);
      of.runs += count;
      if (row.outcome === 'worked') {
        of.worked = count;
        of.lastWorkedAt = row.last_at;
      } else if (row.outcome === 'partly') {
        of.partly = count;
      } else {
        of.didNotHelp = count;
      }
      figures.set(row.runbook_id, of);
    }
    return [...figures.values()];
  }

  async deleteBefore(before: Date): Promise<number> {
    return this.#runs().where('started_at', '<', toInstant(before)).delete();
  }

  /** Changes a run that has not ended. */
  async #change(
    id: string,
    now: string,
    change: (
      trx: Knex.Transaction,
      run: RunbookRunRow,
    ) => Promise<Partial<RunbookRunRow> | RunRefusal>,
  ): Promise<RunRefusal | undefined> {
    return this.#knex.transaction(async trx => {
      const run = await trx<RunbookRunRow>('runbook_runs')
        .where({ id })
        .forUpdate()
        .first();
      if (!run) {
        return 'unknown';
      }
      if (run.finished_at !== null) {
        return 'finished';
      }
      const changes = await change(trx, run);
      if (typeof changes === 'string') {
        return changes;
      }
      await trx<RunbookRunRow>('runbook_runs')
        .where({ id })
        .update({ ...changes, version: run.version + 1, changed_at: now });
      return undefined;
    });
  }

  async #stepsOf(ids: string[]): Promise<RunbookRunStepRow[]> {
    return ids.length === 0
      ? []
      : this.#knex<RunbookRunStepRow>('runbook_run_steps')
          .whereIn('run_id', ids)
          .select();
  }

  #runs() {
    return this.#knex<RunbookRunRow>('runbook_runs');
  }
}
