import {
  Override,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';

/** A stretch of a schedule as far as it is known. */
export interface KnownStretch {
  shifts: readonly Shift[];
  from: number;
  to: number;
}

/** A part of one level, in milliseconds since 1970; half open. */
export interface LevelStretch {
  level: string;
  start: number;
  end: number;
}

function overlaps(shift: Shift, { level, start, end }: LevelStretch): boolean {
  return (
    shift.level === level &&
    Date.parse(shift.start) < end &&
    Date.parse(shift.end) > start
  );
}

/** Everybody who has the watch at a level in some part of a stretch. */
export function peopleWithin(
  shifts: readonly Shift[],
  stretch: LevelStretch,
): string[] {
  return [
    ...new Set(
      shifts
        .filter(shift => overlaps(shift, stretch))
        .flatMap(({ people }) => people),
    ),
  ];
}

/** Whether it is known who has the watch in all of a stretch. Shifts are whole: some reach further. */
export function isKnownStretch(
  known: KnownStretch | undefined,
  { level, start, end }: LevelStretch,
): boolean {
  if (!known) {
    return false;
  }
  const ofLevel = known.shifts.filter(shift => shift.level === level);
  return (
    start >=
      Math.min(known.from, ...ofLevel.map(shift => Date.parse(shift.start))) &&
    end <= Math.max(known.to, ...ofLevel.map(shift => Date.parse(shift.end)))
  );
}

/** What would hold if an override were taken back: those whom it replaces have the watch again. */
export function withoutOverride(
  shifts: readonly Shift[],
  override: Override,
): Shift[] {
  return shifts.flatMap(shift => {
    if (shift.source.id !== override.id) {
      return [shift];
    }
    const people = shift.people.flatMap(person => {
      if (person !== override.add) {
        return [person];
      }
      return override.remove ? [override.remove] : [];
    });
    return people.length > 0 ? [{ ...shift, people }] : [];
  });
}
