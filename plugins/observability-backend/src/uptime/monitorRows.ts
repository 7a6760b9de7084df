import {
  KnownMonitorState,
  MonitorInterval,
  MonitorObservation,
  MonitorPast,
  MonitorReading,
  MonitorState,
  MonitorTimeline,
} from '@watchkeeper/backstage-plugin-observability-common';
import { MonitorHistory } from '@watchkeeper/backstage-plugin-observability-node';
import { toStorable } from '../database/database';
import { MonitorIntervalRow, MonitorRow } from '../database/tables';

const LONGEST_KEY = 512;
const LONGEST_TEXT = 2000;
/** Of one monitor in one answer; nobody looks at more. */
const MOST_INTERVALS = 10_000;

/** The vendor's id of a monitor, as it is kept. */
export function toMonitorKey(id: string): string {
  return toStorable(id).slice(0, LONGEST_KEY);
}

/** Text from outside, as it is kept. */
export function toKeptText(text: string): string {
  return toStorable(text).slice(0, LONGEST_TEXT);
}

/** Whole seconds since 1970. */
export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** How a reading says that a monitor is. */
export function toObservation(
  reading: Pick<MonitorReading, 'state' | 'since' | 'reason'>,
  seen: { observedAt: Date; staleAt: Date },
): MonitorObservation {
  const since = reading.since ? toSeconds(new Date(reading.since)) : Number.NaN;
  return {
    state: reading.state,
    at: toSeconds(seen.observedAt),
    staleAt: toSeconds(seen.staleAt),
    ...(Number.isFinite(since) ? { since } : {}),
    ...(reading.reason ? { reason: toKeptText(reading.reason) } : {}),
  };
}

/** What a vendor says of a monitor's past; what has no dates is left out. */
export function toPast(history: MonitorHistory): MonitorPast | undefined {
  const from = toSeconds(history.from);
  if (!Number.isFinite(from)) {
    return undefined;
  }
  const intervals = history.intervals
    .map(({ state, startedAt, endedAt, reason }) => ({
      state,
      startedAt: toSeconds(startedAt),
      ...(endedAt ? { endedAt: toSeconds(endedAt) } : {}),
      ...(reason ? { reason: toKeptText(reason) } : {}),
    }))
    .filter(
      ({ startedAt, endedAt = 0 }) =>
        Number.isFinite(startedAt) && Number.isFinite(endedAt),
    )
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, MOST_INTERVALS);
  return { from, intervals };
}

export function toTimeline(
  row: Pick<MonitorRow, 'state' | 'known_since' | 'observed_at' | 'stale_at'>,
  intervals: MonitorInterval[],
): MonitorTimeline {
  return {
    state: row.state as MonitorState,
    knownSince: Number(row.known_since),
    observedAt: Number(row.observed_at),
    staleAt: Number(row.stale_at),
    intervals,
  };
}

export function toInterval(
  row: Omit<MonitorIntervalRow, 'monitor_id'>,
): MonitorInterval {
  return {
    state: row.state as KnownMonitorState,
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}

export function toIntervalRow(
  monitorId: number,
  interval: MonitorInterval,
): MonitorIntervalRow {
  return {
    monitor_id: monitorId,
    started_at: interval.startedAt,
    ended_at: interval.endedAt,
    state: interval.state,
    reason: interval.reason ?? null,
  };
}

/** The columns that follow from a monitor's timeline. */
export function toTimelineColumns(
  timeline: MonitorTimeline,
): Pick<
  MonitorRow,
  'state' | 'since' | 'has_reason' | 'known_since' | 'observed_at' | 'stale_at'
> {
  const last = timeline.intervals.at(-1);
  const open = last?.endedAt === null ? last : undefined;
  return {
    state: timeline.state,
    since: open?.startedAt ?? timeline.observedAt,
    has_reason: open === undefined || open.reason !== undefined,
    known_since: timeline.knownSince,
    observed_at: timeline.observedAt,
    stale_at: timeline.staleAt,
  };
}
