import { PerformanceData } from '@watchkeeper/backstage-plugin-observability-common';
import {
  Reading,
  ReadingFailure,
  Sample,
} from '@watchkeeper/backstage-plugin-observability-node';
import { toErrorsData } from '../map/errors';
import { REQUEST_WINDOW_MINUTES, toPerformanceData } from '../map/performance';
import { Cycle, CycleTarget, Outcome } from './Cycle';
import { Current } from './current';
import { ErrorDetails } from './errors';
import { ofYesterday, PerformanceDetails } from './performance';
import { hasAny } from './plan';
import { ErrorRate, WATCHED_CYCLES } from './rates';
import { newIssuesOf, ReleaseDetails } from './releases';
import { TargetState } from './state';

/** What is known of a target when its readings are made. */
export interface Known {
  cycle: Cycle;
  target: CycleTarget;
  current: Current;
  rate: ErrorRate | undefined;
  /** Absent where no details were due. */
  errors?: Outcome<ErrorDetails | undefined>;
  performance?: Outcome<PerformanceDetails | undefined>;
  releases?: Outcome<ReleaseDetails | undefined>;
}

/** What is said of a kind, and what is to be remembered of it. */
interface Result<K extends 'errors' | 'performance' | 'releases'> {
  /** Absent as long as there was nothing to say. */
  result?: Reading | ReadingFailure;
  remembered: TargetState[K];
}

export function toErrorsResult(known: Known): Result<'errors'> {
  const { cycle, target, current, rate } = known;
  const { project, environments } = target;
  const before = target.state.errors;
  const error = current.events.error ?? known.errors?.error;
  if (error) return { result: { kind: 'errors', error }, remembered: before };

  const base = {
    kind: 'errors' as const,
    observedAt: cycle.now,
    url: cycle.pages.issues(project.id, environments),
  };
  if (!hasAny(target, 'errors', current)) {
    // It never received an event: that is no zero, nobody may be sending any.
    return { result: { ...base, measurements: [] }, remembered: before };
  }
  const details = known.errors?.value;
  if (!before && !details) return { remembered: before };

  const events = current.events.value;
  const recent =
    events?.byProject.get(project.id) ??
    (events?.complete ? { errors: 0, events: 0 } : undefined);
  const readings: Omit<Sample, 'at'>[] = [];
  if (recent) {
    readings.push({ metric: 'errors.count', value: recent.errors });
    if (rate) readings.push({ metric: 'errors.rate', value: rate.value });
  }
  const watch =
    recent && recent.errors > 0
      ? WATCHED_CYCLES
      : Math.max(0, (before?.watch ?? 0) - 1);
  return {
    result: {
      ...base,
      measurements: readings.map(({ metric, value }) => ({
        metric,
        value,
        ...(metric === 'errors.rate' ? { count: rate?.requests } : {}),
      })),
      samples: atNow(cycle, readings),
      ...(details
        ? {
            data: toErrorsData({
              now: cycle.now,
              totals: details.totals,
              previousTotals: details.previousTotals,
              hourly: details.hourly,
              issues: details.issues,
              complete: details.complete,
              rate: rate?.value,
            }),
          }
        : {}),
    },
    remembered: details
      ? {
          readAt: cycle.now.toISOString(),
          lastSeen: current.lastSeen.get(project.id) ?? before?.lastSeen,
          rate: rate?.value,
          watch,
        }
      : { ...before!, watch },
  };
}

export function toPerformanceResult(known: Known): Result<'performance'> {
  const { cycle, target, current } = known;
  const { project, environments } = target;
  const before = target.state.performance;
  const error = current.requests.error ?? known.performance?.error;
  if (error) {
    return { result: { kind: 'performance', error }, remembered: before };
  }
  const base = {
    kind: 'performance' as const,
    observedAt: cycle.now,
    url: cycle.pages.performance(project.id, environments),
  };
  if (!hasAny(target, 'performance', current)) {
    return { result: { ...base, measurements: [] }, remembered: before };
  }
  const recent = current.requests.value?.byProject.get(project.id);
  const details = known.performance?.value;
  const remembered = details
    ? remember(before, details, cycle.now, recent?.p95Ms)
    : before;
  if (!remembered) return { remembered };

  const slowQueries = target.state.slowQueries ?? [];
  const data = toPerformanceData({
    recent,
    previous: ofYesterday(remembered.yesterday, cycle.now),
    trend: remembered.trend,
    transactions: remembered.transactions,
    transactionScope: remembered.transactionScope,
    slowQueries,
  });
  const shown = headlineOf(data);
  const isNew = details !== undefined || shown !== remembered.shown;
  const samples: Omit<Sample, 'at'>[] = [];
  if (recent) {
    samples.push({
      metric: 'performance.throughputPerMinute',
      value: recent.count / REQUEST_WINDOW_MINUTES,
    });
    if (recent.p95Ms !== undefined) {
      samples.push({ metric: 'performance.p95Ms', value: recent.p95Ms });
    }
    if (recent.failureRate !== undefined) {
      samples.push({
        metric: 'performance.failureRate',
        value: recent.failureRate,
      });
    }
  }
  return {
    result: {
      ...base,
      measurements:
        recent?.p95Ms === undefined
          ? []
          : [
              {
                metric: 'performance.p95Ms',
                value: recent.p95Ms,
                count: recent.count,
              },
            ],
      samples: atNow(cycle, samples),
      ...(isNew ? { data } : {}),
    },
    remembered: { ...remembered, shown },
  };
}

export function toReleasesResult(known: Known): Result<'releases'> {
  const { cycle, target, current } = known;
  const { project, environments } = target;
  const before = target.state.releases;
  const error = current.releases.error ?? known.releases?.error;
  if (error) return { result: { kind: 'releases', error }, remembered: before };

  const details = known.releases?.value;
  const remembered = details?.remembered ?? before;
  if (!remembered) return { remembered };

  const measurements = [];
  const newIssues = newIssuesOf(remembered, cycle.now);
  if (newIssues) {
    measurements.push({
      metric: 'releases.newIssues',
      subject: toSubject(newIssues.version),
      value: newIssues.issues,
    });
  }
  if (remembered.regression) {
    const { version, ratio, exposure } = remembered.regression;
    measurements.push({
      metric: 'releases.regression',
      subject: toSubject(version),
      value: ratio,
      count: exposure,
    });
  }
  return {
    result: {
      kind: 'releases',
      observedAt: cycle.now,
      url: cycle.pages.releases(project.id, environments),
      measurements,
      ...(details ? { data: { releases: details.releases } } : {}),
    },
    remembered,
  };
}

function remember(
  before: TargetState['performance'],
  details: PerformanceDetails,
  now: Date,
  p95Ms: number | undefined,
): NonNullable<TargetState['performance']> {
  const { slowest, trend, yesterday } = details;
  return {
    readAt: now.toISOString(),
    p95Ms,
    trend,
    yesterday,
    transactions: slowest?.transactions ?? before?.transactions ?? [],
    transactionScope: slowest?.scope ?? before?.transactionScope,
  };
}

/** The numbers that change between details, to know whether the data is another. */
function headlineOf(data: PerformanceData): string {
  return JSON.stringify([
    data.p95Ms,
    data.throughputPerMinute,
    data.failureRate,
    data.previousThroughputPerMinute,
    data.previousFailureRate,
    data.slowQueries.map(({ id, lastSeen }) => [id, lastSeen]),
  ]);
}

function atNow(cycle: Cycle, readings: Omit<Sample, 'at'>[]): Sample[] {
  return readings.map(reading => ({ ...reading, at: cycle.now }));
}

function toSubject(version: string): { id: string; name: string } {
  return { id: version, name: version };
}
