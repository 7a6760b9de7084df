import { Rotation } from '../model/OnCall';
import { Interval } from './intervals';
import { ResolvedWall, TimeZone, WallMs } from './TimeZone';
import {
  addMonths,
  DAY_MS,
  formatWallClock,
  HOUR_MS,
  monthsBetween,
  parseWallClock,
} from './wallClock';

/** A turn of a rotation: the time from one handoff to the next. */
export interface Turn extends Interval {
  /** The first turn of the rotation is 0. */
  index: number;
}

/**
 * The handoffs of a rotation. Each follows from its number alone, never from the
 * one before it: a day that the clocks were changed, or a month that has no
 * 31st, moves its own handoff and no other. The turn of an instant is found by
 * dividing, then looking at its neighbours, so a rotation that began ten years
 * ago costs no more than one that began today.
 */
export class RotationGrid {
  readonly #zone: TimeZone;
  readonly #unit: Rotation['unit'];
  readonly #length: number;
  readonly #start: WallMs;
  readonly #first: ResolvedWall;

  /** Throws where the start is no date. */
  static create(rotation: Rotation, zone: TimeZone): RotationGrid {
    const start = parseWallClock(rotation.start);
    if (start === undefined || !(rotation.length >= 1)) {
      throw new RangeError(
        `A rotation cannot start at "${rotation.start}" with turns of ${rotation.length} ${rotation.unit}s`,
      );
    }
    return new RotationGrid(rotation, start, zone);
  }

  private constructor(rotation: Rotation, start: WallMs, zone: TimeZone) {
    this.#zone = zone;
    this.#unit = rotation.unit;
    this.#length = rotation.length;
    this.#start = start;
    this.#first = zone.resolve(start);
  }

  /**
   * The turns that have a part between two instants, in order. One that the
   * clocks skip altogether is left out.
   */
  turnsBetween(from: number, to: number): Turn[] {
    const turns: Turn[] = [];
    if (to <= this.#first.instant) {
      return turns;
    }
    let index = this.#indexAt(Math.max(from, this.#first.instant));
    let start = this.#handoff(index);
    while (start < to) {
      const end = this.#handoff(index + 1);
      if (end > start && end > from) {
        turns.push({ index, start, end });
      }
      index++;
      start = end;
    }
    return turns;
  }

  /**
   * What a turn is called whatever becomes of the clocks: the time on the wall
   * at which it should begin, or the instant where turns are elapsed time.
   */
  nominalStart(index: number): string {
    return this.#unit === 'hour'
      ? `${compact(formatWallClock(this.#handoff(index)))}Z`
      : compact(formatWallClock(this.#wallHandoff(index)));
  }

  /** How the handoff at which a turn begins stands on the wall. */
  handoffOf(index: number): ResolvedWall & { wall: WallMs } {
    if (this.#unit === 'hour' && index > 0) {
      const instant = this.#handoff(index);
      return { instant, kind: 'exact', wall: this.#zone.toWall(instant) };
    }
    const wall = this.#wallHandoff(index);
    return { ...this.#zone.resolve(wall), wall };
  }

  #indexAt(instant: number): number {
    let index = Math.max(0, this.#guessIndex(instant));
    while (index > 0 && this.#handoff(index) > instant) {
      index--;
    }
    while (this.#handoff(index + 1) <= instant) {
      index++;
    }
    return index;
  }

  #guessIndex(instant: number): number {
    if (this.#unit === 'hour') {
      return Math.floor(
        (instant - this.#first.instant) / (this.#length * HOUR_MS),
      );
    }
    const wall = this.#zone.toWall(instant);
    return this.#unit === 'month'
      ? Math.floor(monthsBetween(this.#start, wall) / this.#length)
      : Math.floor((wall - this.#start) / this.#periodMs());
  }

  #handoff(index: number): number {
    return this.#unit === 'hour'
      ? this.#first.instant + index * this.#length * HOUR_MS
      : this.#zone.toInstant(this.#wallHandoff(index));
  }

  #wallHandoff(index: number): WallMs {
    return this.#unit === 'month'
      ? addMonths(this.#start, index * this.#length)
      : this.#start + index * this.#periodMs();
  }

  #periodMs(): number {
    if (this.#unit === 'hour') {
      return this.#length * HOUR_MS;
    }
    return this.#length * (this.#unit === 'week' ? 7 : 1) * DAY_MS;
  }
}

function compact(wallClock: string): string {
  return wallClock.replaceAll(/[-:]/g, '');
}
