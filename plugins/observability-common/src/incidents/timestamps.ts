import { Incident } from '../model';

/**
 * The times of an incident that people can put right.
 *
 * @public
 */
export type IncidentTimes = Pick<
  Incident,
  | 'startedAt'
  | 'detectedAt'
  | 'declaredAt'
  | 'acknowledgedAt'
  | 'mitigatedAt'
  | 'resolvedAt'
  | 'closedAt'
>;

/** What happens to people, in the order in which it can happen. */
const ORDER = [
  'startedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
  'closedAt',
] as const;

const WORDS: Record<keyof IncidentTimes, string> = {
  startedAt: 'started',
  detectedAt: 'was detected',
  declaredAt: 'was declared',
  acknowledgedAt: 'was acknowledged',
  mitigatedAt: 'was mitigated',
  resolvedAt: 'was resolved',
  closedAt: 'was closed',
};

/**
 * A time that cannot be true.
 *
 * @public
 */
export interface TimeConflict {
  field: keyof IncidentTimes;
  /** In English. */
  message: string;
}

/**
 * The times of an incident that contradict one another, or lie in the future.
 * Declaring may come late, as when somebody writes down what happened at night;
 * it only cannot come before anybody knew.
 *
 * @public
 */
export function findTimeConflicts(
  times: IncidentTimes,
  now: string,
): TimeConflict[] {
  const conflicts: TimeConflict[] = [];
  const refuse = (field: keyof IncidentTimes, message: string) =>
    conflicts.push({ field, message: `"${field}": ${message}` });

  for (const field of [...ORDER, 'declaredAt'] as const) {
    const time = times[field];
    if (time !== undefined && isAfter(time, now)) {
      refuse(field, 'lies in the future');
    }
  }

  let last: keyof IncidentTimes | undefined;
  for (const field of ORDER) {
    const time = times[field];
    if (time === undefined) {
      continue;
    }
    if (last !== undefined && isAfter(times[last]!, time)) {
      refuse(
        field,
        `an incident that ${WORDS[last]} at ${times[last]} cannot be one that ${WORDS[field]} at ${time}`,
      );
    }
    last = field;
  }

  if (isAfter(times.detectedAt, times.declaredAt)) {
    refuse(
      'declaredAt',
      `an incident that was detected at ${times.detectedAt} cannot be one that was declared at ${times.declaredAt}`,
    );
  }
  return conflicts;
}

function isAfter(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b);
}
