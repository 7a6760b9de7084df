import { hashText, unitValue } from '../../shared/random';
import type {
  UptimeRobotMonitorDefinition,
  UptimeRobotState,
} from '../world/types';
import {
  overlay,
  scriptOf,
  segmentAt,
  wholeSecond,
  type Segment,
  type Span,
} from './timeline';
import type { WindowModel } from './WindowModel';

/** Room for so many monitors in the ids of incidents. */
const MONITORS_IN_ID = 100_000;

export interface Incident {
  id: string;
  type: 'DOWNTIME' | 'SLOW_RESPONSE';
  monitor: MonitorModel;
  startedMs: number;
  /** Absent while it goes on. */
  endedMs?: number;
  cause: number | null;
  reason: string;
}

/** One monitor: what it was, is and answers, as functions of time. */
export class MonitorModel {
  readonly definition: UptimeRobotMonitorDefinition;
  readonly createdMs: number;
  readonly #index: number;
  readonly #seed: number;
  readonly #startMs: number;
  readonly #windows: () => readonly WindowModel[];
  #script: Segment[];

  constructor(options: {
    definition: UptimeRobotMonitorDefinition;
    index: number;
    startMs: number;
    windows: () => readonly WindowModel[];
  }) {
    const { definition, startMs } = options;
    this.definition = definition;
    this.#index = options.index;
    this.#startMs = startMs;
    this.#windows = options.windows;
    this.#seed = hashText(`uptimerobot ${definition.id}`);
    this.#script = scriptOf(definition, startMs);
    this.createdMs = this.#script[0].fromMs;
  }

  get id(): number {
    return this.definition.id;
  }

  /** Absent where it has no certificate. */
  get certificateExpiresMs(): number | undefined {
    const { certificate } = this.definition;
    return certificate && wholeSecond(this.#startMs + certificate.expiresAt);
  }

  /** Never empty: what it was from its creation until now. */
  segmentsUntil(nowMs: number): readonly Segment[] {
    const script = this.#script.filter(({ fromMs }) => fromMs <= nowMs);
    const pauses = this.#windows()
      .filter(window => window.covers(this.id))
      .flatMap(window => window.occurrencesUntil(nowMs));
    const segments = overlay(script, pauses).filter(
      ({ fromMs }) => fromMs <= nowMs,
    );
    return segments.length > 0
      ? segments
      : [{ fromMs: this.createdMs, state: 'started' }];
  }

  current(nowMs: number): Segment {
    return this.segmentsUntil(nowMs).at(-1)!;
  }

  /** From now on it is so, and what was planned is dropped. */
  change(
    change: { state: UptimeRobotState; reason?: string; cause?: number },
    nowMs: number,
  ): void {
    const fromMs = wholeSecond(nowMs);
    const current = segmentAt(this.#script, nowMs);
    this.#script = this.#script.filter(segment => segment.fromMs <= nowMs);
    // An incident that goes on stays the same one.
    if (current?.state === change.state) return;
    const isFailing = change.state === 'down' || change.state === 'seems-down';
    this.#script = [
      ...this.#script.filter(segment => segment.fromMs < fromMs),
      {
        fromMs,
        state: change.state,
        ...(isFailing
          ? {
              reason: change.reason ?? 'Internal Server Error',
              cause: change.cause ?? 500,
            }
          : {}),
      },
    ];
  }

  /** Newest first. */
  incidentsUntil(nowMs: number): Incident[] {
    const segments = this.segmentsUntil(nowMs);
    const incidents: Incident[] = [];
    for (const [index, segment] of segments.entries()) {
      if (segment.state === 'down') {
        incidents.push({
          id: this.#incidentId(segment.fromMs),
          type: 'DOWNTIME',
          monitor: this,
          startedMs: segment.fromMs,
          endedMs: segments[index + 1]?.fromMs,
          cause: segment.cause ?? null,
          reason: segment.reason ?? '',
        });
      }
    }
    for (const { startsAt, durationMs } of this.definition.slowResponses) {
      const startedMs = wholeSecond(this.#startMs + startsAt);
      const endedMs = startedMs + durationMs;
      if (startedMs <= nowMs) {
        incidents.push({
          id: this.#incidentId(startedMs + 500),
          type: 'SLOW_RESPONSE',
          monitor: this,
          startedMs,
          endedMs: endedMs <= nowMs ? endedMs : undefined,
          cause: null,
          reason: 'Slow response',
        });
      }
    }
    return incidents.sort((one, other) => other.startedMs - one.startedMs);
  }

  /** The response times of checks within a span, newest first. While it fails or rests it has none. */
  responseTimes(
    span: Span,
    nowMs: number,
    limit = Number.POSITIVE_INFINITY,
  ): { timeMs: number; valueMs: number }[] {
    const { responseMs, intervalSeconds } = this.definition;
    if (responseMs === undefined) return [];
    const segments = this.segmentsUntil(nowMs);
    const intervalMs = intervalSeconds * 1000;
    const firstMs =
      this.createdMs +
      wholeSecond(intervalMs * unitValue(this.#seed, intervalSeconds));
    const newest = Math.floor(
      (Math.min(span.toMs, nowMs) - firstMs) / intervalMs,
    );
    const oldest = Math.max(0, Math.ceil((span.fromMs - firstMs) / intervalMs));
    const points: { timeMs: number; valueMs: number }[] = [];
    for (let index = newest; index >= oldest; index--) {
      if (points.length >= limit) break;
      const timeMs = firstMs + index * intervalMs;
      if (segmentAt(segments, timeMs)?.state !== 'up') continue;
      const isSlow = unitValue(this.#seed + 1, index) < 0.02;
      const factor =
        (0.85 + 0.3 * unitValue(this.#seed, index)) * (isSlow ? 2.5 : 1);
      points.push({ timeMs, valueMs: Math.round(responseMs * factor) });
    }
    return points;
  }

  // Grows with time, as the vendor's does, and belongs to this monitor alone.
  #incidentId(timeMs: number): string {
    return String(Math.floor(timeMs / 500) * MONITORS_IN_ID + this.#index);
  }
}
