import { IANAZone } from 'luxon';

/**
 * How a clock on the wall reads, as a number: the milliseconds from
 * 1970-01-01T00:00 to it on a clock that is never changed. So a day on the wall
 * always has 24 hours, and days and weeks are added as numbers.
 */
export type WallMs = number;

/** A wall clock as an instant, and whether that was clear. */
export interface ResolvedWall {
  instant: number;
  /** `gap`: the clocks skip it. `overlap`: the clocks show it twice. */
  kind: 'exact' | 'gap' | 'overlap';
}

/**
 * No zone of the IANA database changes its clocks twice within three days
 * between 1970 and 2100 (the nearest two are a week apart), so in a span of
 * 2^28 ms, 3.1 days, there is at most one change.
 */
const SPAN_MS = 2 ** 28;
const DAY_MS = 86_400_000;

/** A change of the clocks within a span. */
interface Change {
  instant: number;
  before: number;
  after: number;
}

const zones = new Map<string, TimeZone>();

/**
 * The clocks of a zone. Luxon knows, through the zone data of the platform, what
 * the clocks show at an instant, in some microseconds; an expansion asks that
 * thousands of times. So each span of time is looked at once: whether the clocks
 * change in it, and when to the millisecond. What a process keeps is bounded by
 * the zones there are and the years that schedules know.
 */
export class TimeZone {
  readonly name: string;
  readonly #zone: IANAZone;
  readonly #spans = new Map<number, number | Change>();
  readonly #edges = new Map<number, number>();

  /** Throws where there is no such zone. */
  static of(name: string): TimeZone {
    // Names may be written in any case; one spelling of each is enough to keep.
    const id = name.toLowerCase();
    const known = zones.get(id);
    if (known) {
      return known;
    }
    if (!isTimeZone(name)) {
      throw new RangeError(`There is no time zone "${name.slice(0, 60)}"`);
    }
    const zone = new TimeZone(name);
    zones.set(id, zone);
    return zone;
  }

  private constructor(name: string) {
    this.name = name;
    this.#zone = IANAZone.create(name);
  }

  /** How far the clocks are ahead of UTC, in milliseconds. */
  offsetAt(instant: number): number {
    const index = Math.floor(instant / SPAN_MS);
    let span = this.#spans.get(index);
    if (span === undefined) {
      span = this.#lookAt(index);
      this.#spans.set(index, span);
    }
    if (typeof span === 'number') {
      return span;
    }
    return instant < span.instant ? span.before : span.after;
  }

  toWall(instant: number): WallMs {
    return instant + this.offsetAt(instant);
  }

  /**
   * The instant at which the clocks show something, by RFC 5545 section 3.3.5,
   * which is also what Temporal calls "compatible": what is skipped is read with
   * the offset from before the gap, so it moves forward by the length of the
   * gap; of what is shown twice, the first counts.
   */
  resolve(wall: WallMs): ResolvedWall {
    // Offsets are at most 14 hours, so a day on either side is before and after.
    const before = this.offsetAt(wall - DAY_MS);
    const after = this.offsetAt(wall + DAY_MS);
    if (before === after) {
      return { instant: wall - before, kind: 'exact' };
    }
    const first = wall - before;
    const second = wall - after;
    const isFirst = this.offsetAt(first) === before;
    const isSecond = this.offsetAt(second) === after;
    if (isFirst) {
      return { instant: first, kind: isSecond ? 'overlap' : 'exact' };
    }
    return isSecond
      ? { instant: second, kind: 'exact' }
      : { instant: first, kind: 'gap' };
  }

  toInstant(wall: WallMs): number {
    return this.resolve(wall).instant;
  }

  #lookAt(index: number): number | Change {
    const before = this.#offsetAtEdge(index);
    const after = this.#offsetAtEdge(index + 1);
    if (before === after) {
      return before;
    }
    let low = index * SPAN_MS;
    let high = low + SPAN_MS;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#askOffset(middle) === before) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return { instant: high, before, after };
  }

  #offsetAtEdge(index: number): number {
    let offset = this.#edges.get(index);
    if (offset === undefined) {
      offset = this.#askOffset(index * SPAN_MS);
      this.#edges.set(index, offset);
    }
    return offset;
  }

  #askOffset(instant: number): number {
    return Math.round(this.#zone.offset(instant) * 60_000);
  }
}

/** Whether a name is one of the IANA database. Offsets such as `+01:00` are not: they know no summer time.
 * @public */
export function isTimeZone(name: string): boolean {
  return /^[a-z]/i.test(name) && IANAZone.isValidZone(name);
}
