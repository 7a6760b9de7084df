import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { SupabaseProject } from '../api/schemas';

/** What a project's status means. */
export interface ProjectState {
  /** `state` of the model. */
  state: string;
  /** Whether its database runs, so that anything can be asked of it. */
  runs: boolean;
  /** Why it is not well, or why nothing is known of it. */
  problem?: ProviderError;
}

/** The vendor's statuses. */
const STATES: Record<string, { state: string; runs: boolean }> = {
  ACTIVE_HEALTHY: { state: 'active', runs: true },
  ACTIVE_UNHEALTHY: { state: 'unhealthy', runs: true },
  UNKNOWN: { state: 'unknown', runs: true },
  RESIZING: { state: 'starting', runs: false },
  COMING_UP: { state: 'starting', runs: false },
  RESTARTING: { state: 'starting', runs: false },
  GOING_DOWN: { state: 'stopping', runs: false },
  PAUSING: { state: 'stopping', runs: false },
  INACTIVE: { state: 'paused', runs: false },
  RESTORING: { state: 'restoring', runs: false },
  UPGRADING: { state: 'upgrading', runs: false },
  INIT_FAILED: { state: 'failed', runs: false },
  RESTORE_FAILED: { state: 'failed', runs: false },
  PAUSE_FAILED: { state: 'failed', runs: false },
  REMOVED: { state: 'removed', runs: false },
};

/**
 * What a project's status says about its database.
 *
 * A project that does not run gives nothing to hold a threshold against, and
 * that must not pass for all being well. So every status but the healthy one is
 * told as a problem beside the state:
 *
 * - **Paused** is nobody's fault and passes only when somebody resumes it: a
 *   person may have paused it, and the vendor pauses what is idle. What the
 *   annotation names is not in service, so it is `misconfigured`, which makes
 *   the signal `unknown` at once: neither green nor an alarm. The same holds for
 *   a project that was removed (`not-found`).
 * - **On its way** (starting, upgrading, restoring) it is `unavailable`, which
 *   counts only after three intervals: a restart of a minute troubles nobody.
 */
export function projectStateOf({ status }: SupabaseProject): ProjectState {
  const known = STATES[status ?? ''] ?? { state: 'unknown', runs: true };
  switch (known.state) {
    case 'active':
      return known;
    case 'paused':
      return withProblem(
        known,
        'misconfigured',
        'The project is paused, so nothing of it can be measured: resume it in Supabase, or take it out of the annotation supabase.com/project-ref',
      );
    case 'removed':
      return withProblem(
        known,
        'not-found',
        'The project was removed: take it out of the annotation supabase.com/project-ref',
      );
    case 'unhealthy':
      return withProblem(
        known,
        'unavailable',
        'Supabase says that the project is not healthy',
      );
    case 'failed':
      return withProblem(
        known,
        'unavailable',
        `Supabase failed to ${failedAction(
          status,
        )} the project, so nothing of it can be measured: see its dashboard`,
      );
    case 'unknown':
      return withProblem(
        known,
        'unavailable',
        'Supabase does not say whether the project runs',
      );
    default:
      return withProblem(
        known,
        'unavailable',
        `The project is ${known.state}, so nothing of it can be measured until it runs`,
      );
  }
}

/** `15.8` of `15.8.1.085`: the rest counts the vendor's own builds. */
export function versionOf({ database }: SupabaseProject): string | undefined {
  const [version] = /^\d+(\.\d+)?/.exec(database?.version ?? '') ?? [];
  return version ?? (/^\d+/.exec(database?.postgres_engine ?? '') ?? [])[0];
}

function withProblem(
  known: { state: string; runs: boolean },
  code: 'misconfigured' | 'not-found' | 'unavailable',
  message: string,
): ProjectState {
  return { ...known, problem: new ProviderError({ code, message }) };
}

function failedAction(status: string | undefined): string {
  if (status === 'RESTORE_FAILED') return 'restore';
  return status === 'PAUSE_FAILED' ? 'pause' : 'start';
}
