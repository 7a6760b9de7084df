import type {
  UptimeRobotMonitorDefinition,
  UptimeRobotState,
} from '../world/types';

/** From this instant on a monitor is so, until the next segment. */
export interface Segment {
  fromMs: number;
  state: UptimeRobotState;
  reason?: string;
  cause?: number;
}

export interface Span {
  fromMs: number;
  toMs: number;
}

const FIRST_CHECK_MS = 60_000;

/** The vendor knows whole seconds only. */
export function wholeSecond(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}

/** What the world has planned for a monitor, in the order of time. */
export function scriptOf(
  definition: UptimeRobotMonitorDefinition,
  startMs: number,
): Segment[] {
  const createdMs = wholeSecond(startMs + definition.createdAt);
  const segments: Segment[] = [
    { fromMs: createdMs, state: 'started' },
    { fromMs: createdMs + FIRST_CHECK_MS, state: 'up' },
  ];
  for (const outage of definition.outages) {
    const fromMs = wholeSecond(startMs + outage.startsAt);
    const { cause, reason } = outage;
    if (outage.seemsDownMs) {
      segments.push({
        fromMs: wholeSecond(fromMs - outage.seemsDownMs),
        state: 'seems-down',
        cause,
        reason,
      });
    }
    segments.push({ fromMs, state: 'down', cause, reason });
    if (outage.durationMs !== undefined) {
      segments.push({
        fromMs: wholeSecond(fromMs + outage.durationMs),
        state: 'up',
      });
    }
  }
  return segments;
}

/** Lays pauses over segments; after a pause it goes on as it would have been. */
export function overlay(
  segments: readonly Segment[],
  pauses: readonly Span[],
): readonly Segment[] {
  if (pauses.length === 0 || segments.length === 0) return segments;
  const marks = new Set([
    ...segments.map(({ fromMs }) => fromMs),
    ...pauses.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  ]);
  const result: Segment[] = [];
  for (const mark of [...marks].sort((one, other) => one - other)) {
    const below = segmentAt(segments, mark);
    if (!below) continue;
    const isPaused = pauses.some(
      ({ fromMs, toMs }) => fromMs <= mark && mark < toMs,
    );
    const segment: Segment = isPaused
      ? { fromMs: mark, state: 'paused' }
      : { ...below, fromMs: mark };
    if (result.at(-1)?.state !== segment.state) result.push(segment);
  }
  return result;
}

/** The segment in which an instant lies. */
export function segmentAt(
  segments: readonly Segment[],
  timeMs: number,
): Segment | undefined {
  return segments.findLast(({ fromMs }) => fromMs <= timeMs);
}

/** How long each state lasted within a span. */
export function durationsWithin(
  segments: readonly Segment[],
  span: Span,
): Record<UptimeRobotState, number> {
  const durations = {
    started: 0,
    up: 0,
    'seems-down': 0,
    down: 0,
    paused: 0,
  };
  for (const [index, { fromMs, state }] of segments.entries()) {
    const endMs = segments[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    const lengthMs = Math.min(endMs, span.toMs) - Math.max(fromMs, span.fromMs);
    if (lengthMs > 0) durations[state] += lengthMs;
  }
  return durations;
}

/** The percentage of the time in which it was not down; pauses do not count. */
export function uptimePercentage(
  segments: readonly Segment[],
  span: Span,
): number {
  const durations = durationsWithin(segments, span);
  const upMs = durations.up + durations['seems-down'];
  const knownMs = upMs + durations.down;
  return knownMs === 0 ? 100 : (100 * upMs) / knownMs;
}
