import { z } from 'zod/v4';

/**
 * How well a service, a signal or a source is.
 *
 * `unknown` means that nobody can tell: a source failed, went stale or has not
 * answered yet. It is never drawn as good.
 *
 * @public
 */
export const statusSchema = z.enum(['ok', 'warning', 'critical', 'unknown']);

/** See {@link statusSchema}.
 * @public
 */
export type Status = z.infer<typeof statusSchema>;

/**
 * The order in which statuses are reported, worst last. `unknown` ranks between
 * `ok` and `warning`: it is worse than well, and less urgent than what is known
 * to be wrong. Stored in the database, so the numbers never change.
 *
 * @public
 */
export const STATUS_RANK: Record<Status, number> = {
  ok: 1,
  unknown: 2,
  warning: 3,
  critical: 4,
};

/**
 * The rank of an entity for which nothing is configured: after everything else
 * in a list that is sorted worst first.
 *
 * @public
 */
export const UNCONFIGURED_RANK = 0;

/** Whether `a` is worse than `b`.
 * @public */
export function isWorse(a: Status, b: Status): boolean {
  return STATUS_RANK[a] > STATUS_RANK[b];
}

/**
 * The roll-up of several statuses: the worst of them, or `null` when there are
 * none (nothing is configured).
 *
 * @public
 */
export function worstStatus(statuses: Iterable<Status | null>): Status | null {
  let worst: Status | null = null;
  for (const status of statuses) {
    if (status && (!worst || isWorse(status, worst))) {
      worst = status;
    }
  }
  return worst;
}
