import { DateTime } from 'luxon';
import { Incident, Severity } from '../model';
import { IncidentSettings } from './settings';

/** Saturday and Sunday, as ISO 8601 counts days. */
const WEEKEND = [6, 7];

/**
 * By when somebody has to be on an incident.
 *
 * @param timeZone - whose business days count: the zone of the schedule that
 * answers for it
 * @returns an instant, or `undefined` where the severity has no such clock
 * @public
 */
export function acknowledgeDueAt(options: {
  severity: Severity;
  declaredAt: string;
  settings: IncidentSettings;
  timeZone: string;
}): string | undefined {
  const { severity, declaredAt, settings, timeZone } = options;
  const limit = settings.severities[severity].acknowledge;
  if (limit === undefined) {
    return undefined;
  }
  if ('withinSeconds' in limit) {
    return after(declaredAt, limit.withinSeconds);
  }
  const [hour, minute] = limit.nextBusinessDayAt.split(':').map(Number);
  let day = DateTime.fromISO(declaredAt, { zone: timeZone })
    .plus({ days: 1 })
    .startOf('day');
  while (WEEKEND.includes(day.weekday)) {
    day = day.plus({ days: 1 });
  }
  return day.set({ hour, minute }).toUTC().toISO() ?? undefined;
}

/**
 * What an incident's severity and times ask for, of those things that are not
 * done yet: by when it is acknowledged, out of triage, investigated, told about,
 * and by when its postmortem is due.
 *
 * @public
 */
export function deadlinesOf(
  incident: Pick<
    Incident,
    | 'severity'
    | 'state'
    | 'declaredAt'
    | 'acknowledgedAt'
    | 'resolvedAt'
    | 'lastUpdateAt'
    | 'reachedAt'
  >,
  options: { settings: IncidentSettings; timeZone: string },
): Pick<
  Incident,
  | 'acknowledgeDueAt'
  | 'triageDueAt'
  | 'investigationDueAt'
  | 'nextUpdateDueAt'
  | 'postmortemDueAt'
> {
  const { settings, timeZone } = options;
  const { severity, state, declaredAt, resolvedAt } = incident;
  const rules = settings.severities[severity];
  const isRunning = !['resolved', 'closed', 'cancelled'].includes(state);
  // Who has a clock to acknowledge is also who is asked to hurry.
  const isUrgent =
    rules.acknowledge !== undefined && 'withinSeconds' in rules.acknowledge;
  return {
    acknowledgeDueAt: acknowledgeDueAt({
      severity,
      declaredAt,
      settings,
      timeZone,
    }),
    triageDueAt: isUrgent
      ? after(declaredAt, settings.triageWithinSeconds)
      : undefined,
    investigationDueAt: isUrgent
      ? after(declaredAt, settings.investigationWithinSeconds)
      : undefined,
    nextUpdateDueAt:
      isRunning && rules.updateEverySeconds !== undefined
        ? after(incident.lastUpdateAt ?? declaredAt, rules.updateEverySeconds)
        : undefined,
    postmortemDueAt:
      resolvedAt !== undefined &&
      state !== 'cancelled' &&
      rules.postmortemWithinSeconds !== undefined
        ? after(resolvedAt, rules.postmortemWithinSeconds)
        : undefined,
  };
}

function after(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
