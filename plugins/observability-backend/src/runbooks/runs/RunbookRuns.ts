import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  NewRunbookRun,
  RunbookRun,
  RunbookRunEnd,
  RunbookRunList,
  RunbookRunListQuery,
  RunbookRunSummary,
  runbookReadPermission,
  runbookRunPermission,
  RunbookStepEdit,
} from '@watchkeeper/backstage-plugin-observability-common';
import { randomUUID } from 'node:crypto';
import { EntityAccess } from '../../access/EntityAccess';
import { toStorable } from '../../database/database';
import { callerRef } from '../../access/callerRef';
import { RunbookIndex } from '../RunbookIndex';
import { RunbookService } from '../RunbookService';
import { RunbookSignals } from '../RunbookSignals';
import { IsReadable, isVisible } from '../summaries';
import {
  RunbookRunStore,
  RunRefusal,
  StoredRun,
  StoredRunWithSteps,
} from './RunbookRunStore';
import { decodeRunCursor, encodeRunCursor } from './runCursor';

/** Of a caller who may read little, this many pages are looked through for one. */
const MAXIMUM_READS = 20;

/** Following runbooks: a run keeps the steps as they were, and what became of each. */
export class RunbookRuns {
  readonly #store: RunbookRunStore;
  readonly #runbooks: RunbookService;
  readonly #index: RunbookIndex;
  readonly #access: EntityAccess;
  readonly #signals: RunbookSignals;
  readonly #now: () => Date;

  constructor(options: {
    store: RunbookRunStore;
    runbooks: RunbookService;
    index: RunbookIndex;
    access: EntityAccess;
    signals: RunbookSignals;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#runbooks = options.runbooks;
    this.#index = options.index;
    this.#access = options.access;
    this.#signals = options.signals;
    this.#now = options.now ?? (() => new Date());
  }

  /** Begins to follow a runbook. */
  async start(
    runbookId: string,
    { entityRef, incidentId }: NewRunbookRun,
    credentials: BackstageCredentials,
  ): Promise<RunbookRun> {
    await this.#access.assertPermission(credentials, runbookRunPermission);
    if (incidentId !== undefined) {
      throw new InputError(
        '"incidentId": this portal keeps no incidents yet; leave it out',
      );
    }
    const { runbook } = await this.#runbooks.visible(runbookId, credentials);
    const { title, steps, contentHash } = await this.#runbooks.get(
      runbookId,
      { entityRef },
      credentials,
    );
    const id = randomUUID();
    await this.#store.create({
      id,
      runbookId,
      title,
      entityRef,
      entityRefs: runbook.entityRefs,
      contentHash,
      steps,
      startedAt: this.#now().toISOString(),
      startedBy: callerRef(credentials),
    });
    await this.#signals.publishRunbooks();
    return this.get(id, credentials);
  }

  /** A run with its steps. Throws `NotFoundError` unless the caller may see it. */
  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<RunbookRun> {
    await this.#access.assertPermission(credentials, runbookReadPermission);
    const run = await this.#visible(id, credentials);
    const runbook = (await this.#index.runbooks()).get(run.runbookId);
    return {
      ...toRunSummary(run),
      contentHash: run.contentHash,
      runbookChanged: runbook?.contentHash !== run.contentHash,
      steps: run.steps,
    };
  }

  /** A page of runs, the one that began last first. */
  async list(
    query: RunbookRunListQuery,
    credentials: BackstageCredentials,
  ): Promise<RunbookRunList> {
    await this.#access.assertPermission(credentials, runbookReadPermission);
    if (query.entityRef !== undefined) {
      await this.#access.assertReadable(credentials, query.entityRef, false);
    }
    const isReadable = await this.#runbooks.readableBy(credentials);
    const { limit, cursor, ...filter } = query;
    const found: StoredRun[] = [];
    let after = cursor === undefined ? undefined : decodeRunCursor(cursor);
    for (let reads = 0; reads < MAXIMUM_READS; reads++) {
      const rows = await this.#store.list({
        ...filter,
        after,
        limit: limit + 1,
      });
      found.push(...rows.filter(run => isRunVisible(run, isReadable)));
      if (found.length > limit || rows.length <= limit) {
        break;
      }
      after = rows.at(-1);
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(toRunSummary),
      ...(found.length > limit && last
        ? { nextCursor: encodeRunCursor(last) }
        : {}),
    };
  }

  /** Says what became of a step. */
  async setStep(
    id: string,
    index: number,
    { state, note, version }: RunbookStepEdit,
    credentials: BackstageCredentials,
  ): Promise<RunbookRun> {
    return this.#change(id, credentials, change =>
      this.#store.setStep(id, {
        index,
        state,
        note: note === undefined ? undefined : toStorable(note),
        version,
        ...change,
      }),
    );
  }

  /** Says that the caller carries on with it. */
  async takeOver(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<RunbookRun> {
    return this.#change(id, credentials, change =>
      this.#store.takeOver(id, change),
    );
  }

  /** Ends a run; how it ended is said once. */
  async finish(
    id: string,
    { outcome }: RunbookRunEnd,
    credentials: BackstageCredentials,
  ): Promise<RunbookRun> {
    const run = await this.#change(id, credentials, change =>
      this.#store.finish(id, { outcome, ...change }),
    );
    await this.#signals.publishRunbooks();
    return run;
  }

  async #change(
    id: string,
    credentials: BackstageCredentials,
    change: (of: {
      by: string;
      now: string;
    }) => Promise<RunRefusal | undefined>,
  ): Promise<RunbookRun> {
    await this.#access.assertPermission(credentials, runbookRunPermission);
    await this.#visible(id, credentials);
    const refusal = await change({
      by: callerRef(credentials),
      now: this.#now().toISOString(),
    });
    if (refusal !== undefined) {
      throw refused(refusal, id);
    }
    await this.#signals.publishRun(id);
    return this.get(id, credentials);
  }

  async #visible(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<StoredRunWithSteps> {
    const run = await this.#store.get(id);
    if (
      !run ||
      !isRunVisible(run, await this.#runbooks.readableBy(credentials))
    ) {
      throw refused('unknown', id);
    }
    return run;
  }
}

/** Whoever may read what it is for sees it; else whoever sees its runbook. */
function isRunVisible(run: StoredRun, isReadable: IsReadable): boolean {
  return run.entityRef === undefined
    ? isVisible(run, isReadable)
    : isReadable(run.entityRef);
}

function refused(refusal: RunRefusal, id: string): Error {
  switch (refusal) {
    case 'finished':
      return new ConflictError('This run has ended and stays as it is');
    case 'changed':
      return new ConflictError(
        'Somebody else has changed this step since you looked; look again',
      );
    case 'no-step':
      return new NotFoundError('The run has no such step');
    default:
      return new NotFoundError(`There is no run "${id}" that you may see`);
  }
}

function toRunSummary(run: StoredRun & { steps?: unknown }): RunbookRunSummary {
  const { id, runbookId, title, entityRef, incidentId } = run;
  const { startedAt, startedBy, takenOverBy, takenOverAt } = run;
  const { finishedAt, finishedBy, outcome, stepCount } = run;
  const { settledStepCount, currentStep, changedAt, version } = run;
  return {
    id,
    runbookId,
    title,
    entityRef,
    incidentId,
    startedAt,
    startedBy,
    takenOverBy,
    takenOverAt,
    finishedAt,
    finishedBy,
    outcome,
    stepCount,
    settledStepCount,
    currentStep,
    changedAt,
    version,
  };
}
