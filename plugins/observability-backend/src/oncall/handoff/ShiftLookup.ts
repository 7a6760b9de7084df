import { NotFoundError } from '@backstage/errors';
import {
  parseShiftKey,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ScheduleReader, StoredSchedule } from '../OnCallStore';
import {
  DAY_MS,
  definitionAt,
  iso,
  shiftsOfSchedule,
} from '../scheduleAnswers';

/** Clocks of zones differ by no more. */
const AROUND_MS = 2 * DAY_MS;
/** Whoever comes later than that is not told of. */
const NEXT_MS = 60 * DAY_MS;
/** Before every change by hand. */
const EVER = '1970-01-02T00:00:00.000Z';

/** A shift in its schedule, and the one after it. */
export interface FoundShift {
  schedule: StoredSchedule;
  shift: Shift;
  /** Of other people at the same level, within 60 days. */
  next?: Shift;
  /** When the turn of whoever comes is over, also where changes by hand cut it. */
  nextUntil?: string;
}

/** Finds shifts, past and to come, by their keys. */
export class ShiftLookup {
  readonly #schedules: Pick<ScheduleReader, 'load' | 'recorded'>;

  constructor(schedules: Pick<ScheduleReader, 'load' | 'recorded'>) {
    this.#schedules = schedules;
  }

  /** Throws `NotFoundError` where there is no such shift. */
  async find(key: string, now: string): Promise<FoundShift> {
    const [name] = key.split(':');
    const [schedule] = await this.#schedules.load({
      names: [name],
      withDeleted: true,
      from: EVER,
      now,
    });
    const stretch = schedule && stretchOf(schedule, key);
    const shifts = stretch ? await this.#shifts(schedule, stretch, now) : [];
    const shift = shifts.find(each => each.key === key);
    if (!shift) {
      throw new NotFoundError('There is no such shift');
    }
    const later = await this.#shifts(
      schedule,
      { from: shift.end, to: iso(Date.parse(shift.end) + NEXT_MS) },
      now,
    );
    const next = later.find(
      ({ level, start, people }) =>
        level === shift.level &&
        start >= shift.end &&
        people.some(person => !shift.people.includes(person)),
    );
    if (!next) {
      return { schedule, shift };
    }
    const turn = parseShiftKey(next.key)?.turn;
    const last = later.findLast(
      ({ key: other, level }) =>
        level === next.level &&
        turn !== undefined &&
        parseShiftKey(other)?.turn === turn,
    );
    return { schedule, shift, next, nextUntil: (last ?? next).end };
  }

  async #shifts(
    schedule: StoredSchedule,
    stretch: { from: string; to: string },
    now: string,
  ): Promise<Shift[]> {
    const { from, to } = stretch;
    const recorded = await this.#schedules.recorded(schedule.name, from, to);
    return shiftsOfSchedule(schedule, { recorded, ...stretch, now }).shifts;
  }
}

/** Where a shift of this key begins, if there is one. */
function stretchOf(
  { external, overrides }: StoredSchedule,
  key: string,
): { from: string; to: string } | undefined {
  if (external) {
    return { from: external.knownFrom, to: external.knownUntil };
  }
  const parsed = parseShiftKey(key);
  const start =
    parsed?.nominalStart ??
    overrides.find(({ id }) => id === parsed?.override)?.start;
  const at = Date.parse(start ?? '') + (parsed?.offsetSeconds ?? 0) * 1000;
  // The engine knows the years 1970 to 2100.
  return at > Date.parse('1971-01-01') && at < Date.parse('2099-01-01')
    ? { from: iso(at - AROUND_MS), to: iso(at + AROUND_MS) }
    : undefined;
}

/** The definition that a shift belongs to. */
export function definitionOfShift({ schedule, shift }: FoundShift) {
  return definitionAt(schedule, shift.start);
}
