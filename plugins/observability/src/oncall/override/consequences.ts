import { Shift } from '@watchkeeper/backstage-plugin-observability-common';

/** Something that an override brings with it. */
export interface Consequence {
  code: 'nobody' | 'twoLevels' | 'already';
  level: string;
  person?: string;
}

/** What an override would bring with it that its maker should know. */
export function consequencesOf(plan: {
  /** Left out where nobody steps in. */
  add: string | undefined;
  level: string;
  start: number;
  end: number;
  /** Who has the watch at that level meanwhile. */
  onWatch: readonly string[];
  shifts: readonly Shift[];
}): Consequence[] {
  const { add, level, start, end, onWatch, shifts } = plan;
  if (!add) {
    return [{ code: 'nobody', level }];
  }
  const meanwhile = shifts.filter(
    shift =>
      Date.parse(shift.start) < end &&
      Date.parse(shift.end) > start &&
      shift.people.includes(add),
  );
  const consequences: Consequence[] = [];
  if (onWatch.includes(add)) {
    consequences.push({ code: 'already', level, person: add });
  }
  const other = meanwhile.find(shift => shift.level !== level);
  if (other) {
    consequences.push({ code: 'twoLevels', level: other.level, person: add });
  }
  return consequences;
}
