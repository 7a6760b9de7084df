import {
  ErrorsData,
  Issue,
} from '@watchkeeper/backstage-plugin-observability-common';
import { finiteNumber } from '@watchkeeper/backstage-plugin-observability-node';
import { SentryRow } from '../api/schemas';
import { projectIdOf } from './current';
import { HourlyValue, lastHours, valueAt } from './series';

const MAX_ISSUES = 100;

/** Events and people in a span of time. */
export interface EventTotals {
  events: number;
  users: number;
}

/** By project id: the rows of a table of events by project. */
export function toEventTotals(rows: SentryRow[]): Map<string, EventTotals> {
  const byProject = new Map<string, EventTotals>();
  for (const row of rows) {
    const id = projectIdOf(row);
    if (!id) continue;
    byProject.set(id, {
      events: finiteNumber(row['count()']) ?? 0,
      users: finiteNumber(row['count_unique(user)']) ?? 0,
    });
  }
  return byProject;
}

/** The data of the `errors` signal. */
export function toErrorsData(options: {
  now: Date;
  totals: EventTotals | undefined;
  previousTotals: EventTotals | undefined;
  hourly: HourlyValue[] | undefined;
  /** The most frequent first. */
  issues: Issue[];
  /** Whether those are all unresolved issues of the window. */
  complete: boolean;
  rate: number | undefined;
}): ErrorsData {
  const { now, totals, previousTotals, hourly, issues, rate } = options;
  return {
    window: '24h',
    events: totals?.events ?? 0,
    previousEvents: previousTotals?.events ?? 0,
    users: totals?.users ?? 0,
    previousUsers: previousTotals?.users ?? 0,
    rate,
    unresolvedIssues: options.complete ? issues.length : undefined,
    issues: issues.slice(0, MAX_ISSUES),
    trend: lastHours(now, 24).map(at => ({
      at: new Date(at).toISOString(),
      count: valueAt(hourly, at) ?? 0,
    })),
  };
}

/**
 * Errors over requests in the same five minutes, 0..1. Errors outside of any
 * request may outnumber requests; more than all cannot fail.
 */
export function toErrorRate(errors: number, requests: number): number {
  return requests > 0 ? Math.min(1, errors / requests) : 0;
}
