import {
  RunbookRunOutcome,
  RunbookRunStep,
  RunbookRunSummary,
  RunbookStep,
  RunbookStepState,
} from '@watchkeeper/backstage-plugin-observability-common';

/** A run as it is stored. */
export interface StoredRun extends RunbookRunSummary {
  /** The entities that its runbook was of when it began. */
  entityRefs: string[];
  contentHash: string;
}

/** A run with its steps. */
export interface StoredRunWithSteps extends StoredRun {
  steps: RunbookRunStep[];
  /** The version of the run at which each step changed last. */
  stepVersions: Map<number, number>;
}

/** What is written of a run that begins. */
export interface NewRun {
  id: string;
  runbookId: string;
  title: string;
  entityRef?: string;
  incidentId?: string;
  entityRefs: string[];
  contentHash: string;
  steps: RunbookStep[];
  startedAt: string;
  startedBy: string;
}

/** Why a change of a run was not made. */
export type RunRefusal =
  /** There is no such run. */
  | 'unknown'
  /** It has ended. */
  | 'finished'
  /** It has no such step. */
  | 'no-step'
  /** The step has changed since the caller looked. */
  | 'changed';

/** A place in the list of runs. */
export interface RunPosition {
  startedAt: string;
  id: string;
}

/** Keeps runs: what somebody did of a runbook. */
export interface RunbookRunStore {
  create(run: NewRun): Promise<void>;
  get(id: string): Promise<StoredRunWithSteps | undefined>;
  /** Those that began last first. */
  list(options: {
    entityRef?: string;
    runbookId?: string;
    incidentId?: string;
    state?: 'running' | 'finished';
    after?: RunPosition;
    limit: number;
  }): Promise<StoredRun[]>;
  /** Says what became of a step. With `version`, only when the step has not changed since that. */
  setStep(
    id: string,
    step: {
      index: number;
      state: RunbookStepState;
      note?: string;
      version?: number;
      by: string;
      now: string;
    },
  ): Promise<RunRefusal | undefined>;
  takeOver(
    id: string,
    change: { by: string; now: string },
  ): Promise<RunRefusal | undefined>;
  finish(
    id: string,
    change: { outcome: RunbookRunOutcome; by: string; now: string },
  ): Promise<RunRefusal | undefined>;
  /** The last run of a runbook that is finished. */
  lastFinished(runbookId: string): Promise<StoredRun | undefined>;
  /** What the finished runs of all runbooks came to, or those that ended since. */
  figures(since?: Date): Promise<RunFigures[]>;
  /** Deletes runs that began before. */
  deleteBefore(before: Date): Promise<number>;
}

/** What the finished runs of a runbook came to. */
export interface RunFigures {
  runbookId: string;
  runs: number;
  worked: number;
  partly: number;
  didNotHelp: number;
  lastWorkedAt?: string;
}
