import { unitValue } from './random';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 168;

/**
 * How busy an hour is, as a factor of the rate, over a week that begins at the
 * scenario's start. `steady` knows no night; `working-week` does.
 *
 * @public
 */
export type ActivityPattern = 'steady' | 'working-week';

/**
 * A week of hourly factors with its running total, so that the activity
 * between any two instants costs two look-ups.
 */
class WeeklyActivity {
  readonly #cumulative: number[];

  constructor(factors: number[]) {
    this.#cumulative = [0];
    for (const factor of factors) {
      this.#cumulative.push(this.#cumulative.at(-1)! + factor);
    }
  }

  /** Activity from the anchor to `hours` after it; negative before it. */
  until(hours: number): number {
    const week = Math.floor(hours / WEEK_HOURS);
    const hourOfWeek = hours - week * WEEK_HOURS;
    const hour = Math.min(Math.floor(hourOfWeek), WEEK_HOURS - 1);
    const low = this.#cumulative[hour];
    const high = this.#cumulative[hour + 1];
    return week * this.#total() + low + (high - low) * (hourOfWeek - hour);
  }

  /** The inverse of `until`. */
  hoursAt(activity: number): number {
    const week = Math.floor(activity / this.#total());
    const rest = activity - week * this.#total();
    let low = 0;
    let high = WEEK_HOURS;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#cumulative[middle] <= rest) low = middle;
      else high = middle;
    }
    const span = this.#cumulative[low + 1] - this.#cumulative[low];
    return week * WEEK_HOURS + low + (rest - this.#cumulative[low]) / span;
  }

  #total(): number {
    return this.#cumulative[WEEK_HOURS];
  }
}

/**
 * The hours around the start are as busy as it gets, on the start's day and
 * every day: whoever opens the demo at night shall see the same scene. Two
 * days of the week are quiet, and no two days are quite the same.
 */
function workingWeek(): number[] {
  const days = [1, 0.97, 1.02, 0.45, 0.5, 0.99, 1.04];
  return Array.from({ length: WEEK_HOURS }, (_, hour) => {
    const day = Math.floor((hour + DAY_HOURS / 2) / DAY_HOURS) % days.length;
    const hourOfDay = hour % DAY_HOURS;
    const away = Math.min(hourOfDay, DAY_HOURS - hourOfDay);
    const night = Math.max(0, Math.min(1, (away - 3) / 6));
    return days[day] * (1 - 0.75 * night);
  });
}

const activities: Record<ActivityPattern, WeeklyActivity> = {
  steady: new WeeklyActivity(Array.from({ length: WEEK_HOURS }, () => 1)),
  'working-week': new WeeklyActivity(workingWeek()),
};

/** From this instant on, so many an hour; the last level goes on for ever. */
export interface RateStep {
  fromMs: number;
  perHour: number;
}

/**
 * A rate over time, known by its integral: how many have happened until an
 * instant, and when the n-th happened. Before the first step nothing happens.
 */
export class RateCurve {
  readonly #steps: { fromMs: number; perHour: number; before: number }[] = [];
  readonly #activity: WeeklyActivity;
  readonly #anchorMs: number;

  constructor(options: {
    steps: readonly RateStep[];
    pattern: ActivityPattern;
    anchorMs: number;
  }) {
    this.#activity = activities[options.pattern];
    this.#anchorMs = options.anchorMs;
    let before = 0;
    for (const step of options.steps) {
      const last = this.#steps.at(-1);
      if (last?.perHour === step.perHour) continue;
      if (last) {
        before += last.perHour * this.#between(last.fromMs, step.fromMs);
      }
      this.#steps.push({ ...step, before });
    }
  }

  isSilent(): boolean {
    return this.#steps.every(step => step.perHour === 0);
  }

  /** The expected number from the beginning to `timeMs`. */
  expectedUntil(timeMs: number): number {
    const step = this.#stepBy(other => other.fromMs <= timeMs);
    if (!step) return 0;
    return step.before + step.perHour * this.#between(step.fromMs, timeMs);
  }

  /** The instant at which `expectedUntil` reaches `expected`. */
  timeOf(expected: number): number {
    const step = this.#stepBy(other => other.before < expected);
    if (!step || step.perHour === 0) return Number.POSITIVE_INFINITY;
    const activity =
      this.#activity.until(this.#hours(step.fromMs)) +
      (expected - step.before) / step.perHour;
    return this.#anchorMs + this.#activity.hoursAt(activity) * HOUR_MS;
  }

  #stepBy(reached: (step: { fromMs: number; before: number }) => boolean) {
    let low = -1;
    let high = this.#steps.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (reached(this.#steps[middle])) low = middle;
      else high = middle;
    }
    return low < 0 ? undefined : this.#steps[low];
  }

  #between(fromMs: number, toMs: number): number {
    return (
      this.#activity.until(this.#hours(toMs)) -
      this.#activity.until(this.#hours(fromMs))
    );
  }

  #hours(timeMs: number): number {
    return (timeMs - this.#anchorMs) / HOUR_MS;
  }
}

/**
 * Single occurrences of a rate. The n-th has its own fixed place between n and
 * n + 1 of the curve's integral, so that the count up to any instant is a
 * whole number found without counting; windows that touch add up exactly; and
 * each occurrence has an instant of its own. Nothing is stored.
 */
export class OccurrenceStream {
  readonly seed: number;
  readonly curve: RateCurve;

  constructor(seed: number, curve: RateCurve) {
    this.seed = seed;
    this.curve = curve;
  }

  /** How many have happened up to and including `timeMs`. */
  countUntil(timeMs: number): number {
    const expected = this.curve.expectedUntil(timeMs);
    const whole = Math.floor(expected);
    return whole + (this.#place(whole) <= expected - whole ? 1 : 0);
  }

  /** How many happened after `fromMs` and up to and including `toMs`. */
  countBetween(fromMs: number, toMs: number): number {
    return this.countUntil(toMs) - this.countUntil(fromMs);
  }

  /** The instant of an occurrence, in whole milliseconds. */
  timeOf(index: number): number {
    let timeMs = Math.ceil(this.curve.timeOf(index + this.#place(index)));
    // Rounding may put the instant a hair before the count that includes it.
    while (this.countUntil(timeMs) <= index) timeMs += 1;
    return timeMs;
  }

  // Never quite 0 or 1: an occurrence then lies inside its step, not on the
  // seam between a busy step and a silent one.
  #place(index: number): number {
    return 0.001 + 0.998 * unitValue(this.seed, index);
  }
}
