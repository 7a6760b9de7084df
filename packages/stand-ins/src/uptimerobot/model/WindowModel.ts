import type { UptimeRobotWindowDefinition } from '../world/types';
import type { Span } from './timeline';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAXIMUM_OCCURRENCES = 500;

/** A maintenance window. Its clock is UTC. */
export class WindowModel {
  readonly definition: UptimeRobotWindowDefinition;
  readonly firstMs: number;

  constructor(definition: UptimeRobotWindowDefinition, startMs: number) {
    this.definition = definition;
    // On a whole minute, as people set it.
    const firstMs = startMs + definition.startsAt;
    this.firstMs = Math.floor(firstMs / MINUTE_MS) * MINUTE_MS;
  }

  covers(monitorId: number): boolean {
    const { monitors } = this.definition;
    return monitors === 'all' || monitors.includes(monitorId);
  }

  /** `HH:MM:SS` */
  get time(): string {
    return new Date(this.firstMs).toISOString().slice(11, 19);
  }

  /** Only of one that happens once. */
  get date(): string | undefined {
    return this.definition.interval === 'once'
      ? new Date(this.firstMs).toISOString().slice(0, 10)
      : undefined;
  }

  /** Days of the week, from 1 for Monday to 7, or of the month. */
  get days(): number[] {
    const first = new Date(this.firstMs);
    switch (this.definition.interval) {
      case 'weekly':
        return [first.getUTCDay() || 7];
      case 'monthly':
        return [first.getUTCDate()];
      default:
        return [];
    }
  }

  /** Those that began until an instant. */
  occurrencesUntil(untilMs: number): Span[] {
    const { isPaused, durationMinutes } = this.definition;
    const spans: Span[] = [];
    if (isPaused) return spans;
    for (let count = 0; count < MAXIMUM_OCCURRENCES; count++) {
      const fromMs = this.#occurrence(count);
      if (fromMs === undefined || fromMs > untilMs) break;
      spans.push({ fromMs, toMs: fromMs + durationMinutes * MINUTE_MS });
    }
    return spans;
  }

  #occurrence(count: number): number | undefined {
    switch (this.definition.interval) {
      case 'once':
        return count === 0 ? this.firstMs : undefined;
      case 'daily':
        return this.firstMs + count * DAY_MS;
      case 'weekly':
        return this.firstMs + count * 7 * DAY_MS;
      default: {
        const date = new Date(this.firstMs);
        date.setUTCMonth(date.getUTCMonth() + count);
        return date.getTime();
      }
    }
  }
}
