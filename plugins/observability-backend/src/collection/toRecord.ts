import {
  Problem,
  SignalKind,
  SignalMeasurement,
  STALE_AFTER_INTERVALS,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  Measurement,
  ProviderError,
  Reading,
  ReadingFailure,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { toStorable } from '../database/database';
import { StoredTarget, TargetRecord } from './CollectionStore';

/** What a provider yielded, as it is stored. Pure. */
export function toRecord(
  target: StoredTarget,
  result: TargetResult,
  options: { intervalSeconds: number; now: Date },
): TargetRecord {
  const record: TargetRecord = {
    targetId: target.id,
    requested: target.requested,
    news: false,
    listed: result.listed,
    state: result.state,
    readings: [],
    failures: [],
    samples: [],
  };
  // One entry a kind: of several, the last one counts.
  const entries = new Map(result.results.map(entry => [entry.kind, entry]));
  for (const [kind, entry] of entries) {
    const known = target.problems[kind];
    if (isFailure(entry)) {
      addFailure(record, kind, entry.error, known, options.now);
      continue;
    }
    if (!isInstant(entry.observedAt)) {
      addFailure(record, kind, undatedReading(), known, options.now);
      continue;
    }
    const problem =
      entry.problem && toProblem(entry.problem, known, { now: options.now });
    record.readings.push({
      kind,
      observedAt: entry.observedAt,
      staleAt: new Date(
        entry.observedAt.getTime() +
          STALE_AFTER_INTERVALS * options.intervalSeconds * 1000,
      ),
      data: entry.data,
      summary: summaryOf(entry),
      measurements: entry.measurements.map(toMeasurement),
      history: entry.history,
      ...(problem ? { problem } : {}),
      url: entry.url && toStorable(entry.url),
    });
    record.samples.push(...(entry.samples ?? []));
    record.news ||= entry.data !== undefined || problem?.code !== known?.code;
  }
  return record;
}

function toMeasurement(measurement: Measurement): SignalMeasurement {
  const { since, ...rest } = measurement;
  return since && isInstant(since)
    ? { ...rest, since: since.toISOString() }
    : rest;
}

/** The same failure for every kind of a target, when its whole instance failed. */
export function toFailureRecord(
  target: StoredTarget,
  error: ProviderError,
  options: { now: Date },
): TargetRecord {
  const record: TargetRecord = {
    targetId: target.id,
    requested: target.requested,
    news: false,
    readings: [],
    failures: [],
    samples: [],
  };
  for (const kind of target.kinds) {
    addFailure(record, kind, error, target.problems[kind], options.now);
  }
  return record;
}

/** A problem lasts since it first showed; another code is another problem. */
export function toProblem(
  error: ProviderError,
  previous: Problem | undefined,
  options: { now: Date },
): Problem {
  return {
    code: error.code,
    message: toStorable(error.message),
    since:
      previous?.code === error.code
        ? previous.since
        : options.now.toISOString(),
    ...(error.retryAt && isInstant(error.retryAt)
      ? { retryAt: error.retryAt.toISOString() }
      : {}),
  };
}

function addFailure(
  record: TargetRecord,
  kind: SignalKind,
  error: ProviderError,
  known: Problem | undefined,
  now: Date,
): void {
  const problem = toProblem(error, known, { now });
  record.failures.push({ kind, problem });
  record.news ||= problem.code !== known?.code;
}

function isFailure(entry: Reading | ReadingFailure): entry is ReadingFailure {
  return 'error' in entry;
}

function undatedReading(): ProviderError {
  return new ProviderError({
    code: 'malformed',
    message: 'It does not say when it was read; this is a fault of the module',
  });
}

/** Whether it is an instant, of a year that has four digits. */
function isInstant(date: Date): boolean {
  const milliseconds = date.getTime();
  return milliseconds >= 0 && milliseconds < Date.UTC(10_000, 0);
}

/** The few numbers that the list of all services draws. */
function summaryOf(reading: Reading): unknown {
  if (reading.kind === 'errors' && reading.data) {
    return {
      events: reading.data.events,
      trend: reading.data.trend.map(point => point.count),
    };
  }
  return undefined;
}
