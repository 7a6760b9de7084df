import {
  OnCallPerson,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { plainText } from '@watchkeeper/backstage-plugin-observability-node';
import { ScheduleStretch } from '../OnCallService';
import { PublishedShift } from './publishShifts';
import { CalendarContent, CalendarSubject } from './ShiftPublisher';
import { CalendarEntry } from './writeCalendar';

/** Shifts in words, for a calendar of a schedule or a person. */
export function describeShifts(
  content: CalendarContent,
  options: {
    subject: CalendarSubject;
    people: ReadonlyMap<string, OnCallPerson>;
    /** Of the portal. */
    appBaseUrl?: string;
  },
): CalendarEntry[] {
  const { subject, people, appBaseUrl } = options;
  const schedules = new Map(
    content.schedules.map(schedule => [schedule.name, schedule]),
  );
  const othersOn = createOthersOn(content.schedules);
  const nameOf = (person: string) =>
    plainText(people.get(person)?.displayName ?? person);

  return content.events.map(event => {
    const { level } = event;
    const title = plainText(
      schedules.get(event.schedule)?.title ?? event.schedule,
    );
    const names = event.people.map(nameOf).join(', ');
    const what =
      'person' in subject
        ? `On call: ${title}, ${level}`
        : `${names} (${level})`;
    const url = appBaseUrl && pageOf(appBaseUrl, event.schedule);
    const lines = [
      `Schedule: ${title}`,
      `Level: ${level}`,
      `On watch: ${names}`,
      ...(event.cancelledAt ? [] : othersOn(event)).map(
        other =>
          `Also on watch (${other.level}): ${other.people
            .map(nameOf)
            .join(', ')}`,
      ),
      ...(url ? [url] : []),
    ];
    return {
      event,
      summary: event.cancelledAt ? `Cancelled: ${what}` : what,
      description: lines.join('\n'),
      ...(url ? { url } : {}),
    };
  });
}

function pageOf(appBaseUrl: string, schedule: string): string {
  const query = new URLSearchParams({ schedule });
  return `${appBaseUrl.replace(/\/+$/, '')}/observability/on-call?${query}`;
}

/**
 * Finds who has the watch at the other levels while a shift lasts. Asked for
 * shifts by their start, it goes through each level once.
 */
function createOthersOn(schedules: readonly ScheduleStretch[]) {
  const levels = schedules.flatMap(({ name, shifts }) => {
    const byLevel = new Map<string, Shift[]>();
    for (const shift of shifts) {
      const ofLevel = byLevel.get(shift.level) ?? [];
      ofLevel.push(shift);
      byLevel.set(shift.level, ofLevel);
    }
    return [...byLevel].map(([level, ofLevel]) => ({
      schedule: name,
      level,
      shifts: ofLevel,
      next: 0,
    }));
  });
  return (event: PublishedShift): { level: string; people: string[] }[] =>
    levels.flatMap(row => {
      if (row.schedule !== event.schedule || row.level === event.level) {
        return [];
      }
      while (row.shifts[row.next]?.end <= event.start) {
        row.next++;
      }
      const people = new Set<string>();
      for (let index = row.next; index < row.shifts.length; index++) {
        const shift = row.shifts[index];
        if (shift.start >= event.end) {
          break;
        }
        shift.people.forEach(person => people.add(person));
      }
      return people.size > 0 ? { level: row.level, people: [...people] } : [];
    });
}
