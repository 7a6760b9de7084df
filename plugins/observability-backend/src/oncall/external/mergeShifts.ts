import { RecordedExternalShift, RecordedPerson } from './ExternalOnCallStore';

/**
 * What is on record after a reading: what is over stays as it was told then, the
 * rest is what the source says now.
 *
 * Who has the watch in both keeps the beginning that is on record, also where
 * the source knows none; whoever was replaced had it up to now. What happened
 * since the last reading that reached so far was answered from that one, so it
 * is past as well; only after a pause that outlived all that was known is the
 * past filled in from what the source says of it.
 */
export function mergeShifts(options: {
  /** On record, those that are not over by `now`, and later ones. */
  recorded: readonly RecordedExternalShift[];
  read: readonly RecordedExternalShift[];
  /** Shifts are on record up to here; absent for a schedule that is new. */
  recordedUntil?: string;
  now: string;
}): RecordedExternalShift[] {
  const { recorded, read, recordedUntil, now } = options;
  if (recordedUntil === undefined) {
    return [...read];
  }
  const cut = recordedUntil < now ? recordedUntil : now;
  const running = recorded.filter(
    ({ start, end }) => start < cut && (end === undefined || end > cut),
  );
  const goesOn = new Map<RecordedExternalShift, RecordedExternalShift>();
  const later: RecordedExternalShift[] = [];
  for (const shift of read) {
    if (shift.end !== undefined && shift.end <= cut) {
      continue;
    }
    if (shift.start > cut) {
      later.push(shift);
      continue;
    }
    const known = running.find(
      ({ level, people }) =>
        level === shift.level && isSamePeople(people, shift.people),
    );
    if (known) {
      goesOn.set(known, { ...shift, start: known.start });
    } else {
      later.push({ ...shift, start: cut });
    }
  }
  const over = recorded.filter(({ end }) => end !== undefined && end <= cut);
  return [
    ...over,
    ...running.map(shift => goesOn.get(shift) ?? { ...shift, end: cut }),
    ...later,
  ];
}

export function isSamePeople(
  one: readonly RecordedPerson[],
  other: readonly RecordedPerson[],
): boolean {
  return peopleKey(one) === peopleKey(other);
}

function peopleKey(people: readonly RecordedPerson[]): string {
  return people
    .map(({ ref }) => ref)
    .sort()
    .join('\n');
}
