import {
  Problem,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  ProviderError,
  Reading,
  ReadingFailure,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { StoredTarget, TargetRecord } from './CollectionStore';

/** A source is stale when it has not answered for this many intervals. */
export const STALE_AFTER_INTERVALS = 3;

/** What a provider yielded, as it is stored. Pure. */
export function toRecord(
  target: StoredTarget,
  result: TargetResult,
  options: { intervalSeconds: number; now: Date },
): TargetRecord {
  const record: TargetRecord = {
    targetId: target.id,
    requested: target.requested,
    listed: result.listed,
    state: result.state,
    readings: [],
    failures: [],
    samples: [],
  };
  for (const entry of result.results) {
    if (isFailure(entry)) {
      record.failures.push({
        kind: entry.kind,
        problem: toProblem(entry.error, target.problems[entry.kind], options),
      });
      continue;
    }
    record.readings.push({
      kind: entry.kind,
      observedAt: entry.observedAt,
      staleAt: new Date(
        entry.observedAt.getTime() +
          STALE_AFTER_INTERVALS * options.intervalSeconds * 1000,
      ),
      data: entry.data,
      summary: summaryOf(entry),
      measurements: entry.measurements,
      url: entry.url,
    });
    record.samples.push(...(entry.samples ?? []));
  }
  return record;
}

/** The same failure for every kind of a target, when its whole instance failed. */
export function toFailureRecord(
  target: StoredTarget,
  error: ProviderError,
  options: { now: Date },
): TargetRecord {
  return {
    targetId: target.id,
    requested: target.requested,
    readings: [],
    samples: [],
    failures: target.kinds.map((kind: SignalKind) => ({
      kind,
      problem: toProblem(error, target.problems[kind], options),
    })),
  };
}

/** A problem lasts since it first showed; another code is another problem. */
export function toProblem(
  error: ProviderError,
  previous: Problem | undefined,
  options: { now: Date },
): Problem {
  return {
    code: error.code,
    message: error.message,
    since:
      previous?.code === error.code
        ? previous.since
        : options.now.toISOString(),
    ...(error.retryAt ? { retryAt: error.retryAt.toISOString() } : {}),
  };
}

function isFailure(entry: Reading | ReadingFailure): entry is ReadingFailure {
  return 'error' in entry;
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
