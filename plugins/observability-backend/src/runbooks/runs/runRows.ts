import {
  RunbookRunOutcome,
  RunbookRunStep,
  RunbookStep,
  RunbookStepState,
} from '@watchkeeper/backstage-plugin-observability-common';
import { RunbookRunRow, RunbookRunStepRow } from '../../database/tables';
import { NewRun, StoredRun } from './RunbookRunStore';

export function toRunRow(run: NewRun): RunbookRunRow {
  return {
    id: run.id,
    runbook_id: run.runbookId,
    title: run.title,
    entity_ref: run.entityRef ?? null,
    incident_id: run.incidentId ?? null,
    entity_refs: JSON.stringify(run.entityRefs),
    content_hash: run.contentHash,
    steps: JSON.stringify(run.steps),
    step_count: run.steps.length,
    settled_count: 0,
    version: 1,
    started_at: run.startedAt,
    started_by: run.startedBy,
    taken_over_at: null,
    taken_over_by: null,
    finished_at: null,
    finished_by: null,
    outcome: null,
    changed_at: run.startedAt,
  };
}

export function fromRunRow(
  row: Omit<RunbookRunRow, 'steps'>,
  steps: readonly RunbookRunStepRow[],
): StoredRun {
  const currentStep = nextStep(row.step_count, steps);
  return {
    id: row.id,
    runbookId: row.runbook_id,
    title: row.title,
    entityRefs: JSON.parse(row.entity_refs),
    contentHash: row.content_hash,
    startedAt: row.started_at,
    startedBy: row.started_by,
    stepCount: row.step_count,
    settledStepCount: row.settled_count,
    changedAt: row.changed_at,
    version: row.version,
    ...defined({
      entityRef: row.entity_ref,
      incidentId: row.incident_id,
      takenOverBy: row.taken_over_by,
      takenOverAt: row.taken_over_at,
      finishedAt: row.finished_at,
      finishedBy: row.finished_by,
      outcome: row.outcome as RunbookRunOutcome | null,
      currentStep: row.finished_at === null ? currentStep : null,
    }),
  };
}

/** The steps as they were when the run began, and what became of them. */
export function stepsOf(
  row: Pick<RunbookRunRow, 'steps'>,
  states: readonly RunbookRunStepRow[],
): RunbookRunStep[] {
  const byIndex = new Map(states.map(state => [state.step_index, state]));
  const steps: RunbookStep[] = JSON.parse(row.steps);
  return steps.map(step => {
    const state = byIndex.get(step.index);
    return {
      ...step,
      state: (state?.state ?? 'todo') as RunbookStepState,
      ...(state
        ? {
            by: state.changed_by,
            at: state.changed_at,
            ...defined({ note: state.note }),
          }
        : {}),
    };
  });
}

function nextStep(
  count: number,
  states: readonly RunbookRunStepRow[],
): number | null {
  const settled = new Set(
    states
      .filter(({ state }) => state !== 'todo')
      .map(({ step_index }) => step_index),
  );
  for (let index = 0; index < count; index++) {
    if (!settled.has(index)) {
      return index;
    }
  }
  return null;
}

/** What is known; columns that are null are left out. */
function defined<T extends object>(
  values: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
