import {
  expandSchedule,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';
import { iso } from '../scheduleAnswers';

/** The watch passes on at one level. */
export interface Handoff {
  at: string;
  level: string;
  arriving: string[];
  leaving: string[];
  /** The shift that ends. */
  before?: Shift;
  /** The shift that begins. */
  after?: Shift;
}

/** The handoffs after an instant, up to another one and at it. Pure. */
export function handoffsBetween(
  schedule: StoredSchedule,
  from: string,
  to: string,
): Handoff[] {
  const { shifts } = expandSchedule({
    ...schedule,
    from,
    to: iso(Date.parse(to) + 1),
  });
  const handoffs: Handoff[] = [];
  for (const level of new Set(shifts.map(shift => shift.level))) {
    const own = shifts.filter(shift => shift.level === level);
    const instants = new Set(
      own
        .flatMap(({ start, end }) => [start, end])
        .filter(instant => instant > from && instant <= to),
    );
    for (const at of [...instants].sort()) {
      const before = own.find(({ end }) => end === at);
      const after = own.find(({ start }) => start === at);
      const leaving = without(before?.people, after?.people);
      const arriving = without(after?.people, before?.people);
      if (leaving.length > 0 || arriving.length > 0) {
        handoffs.push({ at, level, arriving, leaving, before, after });
      }
    }
  }
  return handoffs;
}

function without(people: string[] = [], others: string[] = []): string[] {
  return people.filter(person => !others.includes(person));
}
