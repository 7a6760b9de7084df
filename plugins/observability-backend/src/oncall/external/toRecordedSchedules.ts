import {
  isTimeZone,
  userRefSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  ExternalPerson,
  ExternalSchedule,
  ExternalShift,
  OnCallReading,
  plainText,
  webUrl,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  ExternalSourceId,
  RecordedExternalSchedule,
  RecordedExternalShift,
  RecordedPerson,
} from './ExternalOnCallStore';
import { externalPersonRef, externalScheduleName } from './externalNames';

const MAX_LABEL_LENGTH = 63;
const MAX_TEXT_LENGTH = 200;
/** Later than any instant. */
const NEVER = '9999';

/** Everybody's address, of whom a reading tells one. */
export function emailsOfReading({ schedules }: OnCallReading): string[] {
  const emails = new Set<string>();
  for (const { shifts } of schedules) {
    for (const { people } of shifts) {
      for (const { email } of people) {
        if (email) {
          emails.add(email);
        }
      }
    }
  }
  return [...emails];
}

/**
 * A reading as it is stored: text of bounded length, and people as users of the
 * catalog where one has the same address. Addresses are not stored. Pure.
 */
export function toRecordedSchedules(
  source: ExternalSourceId,
  schedules: readonly ExternalSchedule[],
  options: {
    /** Users by address in lower case. */
    users: ReadonlyMap<string, string>;
    /** What had no beginning begins here. */
    from: string;
  },
): RecordedExternalSchedule[] {
  const recorded = schedules.map(schedule => {
    const name = externalScheduleName(source, schedule.id);
    const url = webUrl(schedule.url);
    return {
      name,
      externalId: schedule.id,
      title: plainText(schedule.title, MAX_TEXT_LENGTH) || name,
      ...(url === undefined ? {} : { url }),
      timeZone: isTimeZone(schedule.timeZone) ? schedule.timeZone : 'UTC',
      ...(schedule.owner === undefined
        ? {}
        : { owner: schedule.owner.toLocaleLowerCase('en-US') }),
      levels: [...new Set(schedule.levels.map(toLabel))],
      services: schedule.services.map(id => plainText(id, MAX_TEXT_LENGTH)),
      shifts: toShifts(schedule.shifts, options.from, person =>
        toPerson(source, person, options.users),
      ),
    };
  });
  // Of two of one name the first counts.
  return [
    ...new Map([...recorded].reverse().map(one => [one.name, one])).values(),
  ].reverse();
}

/** By start. What overlaps an earlier one would be two answers to one question, so it is cut. */
function toShifts(
  shifts: readonly ExternalShift[],
  from: string,
  toRecordedPerson: (person: ExternalPerson) => RecordedPerson,
): RecordedExternalShift[] {
  const sorted = shifts
    .filter(({ people }) => people.length > 0)
    .map(shift => ({
      ...shift,
      level: toLabel(shift.level),
      start: toInstant(shift.start) ?? from,
      end: toInstant(shift.end),
    }))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const coveredUntil = new Map<string, string>();
  const recorded: RecordedExternalShift[] = [];
  for (const { level, start, end, people, layer } of sorted) {
    const begin = latest(start, coveredUntil.get(level));
    if (begin === NEVER || (end !== undefined && end <= begin)) {
      continue;
    }
    coveredUntil.set(level, end ?? NEVER);
    recorded.push({
      level,
      start: begin,
      ...(end === undefined ? {} : { end }),
      people: uniquePeople(people.map(toRecordedPerson)),
      ...(layer ? { layer: plainText(layer, MAX_TEXT_LENGTH) } : {}),
    });
  }
  return recorded;
}

function toPerson(
  source: ExternalSourceId,
  { id, name, email }: ExternalPerson,
  users: ReadonlyMap<string, string>,
): RecordedPerson {
  const user = userRefSchema.safeParse(
    email && users.get(email.toLocaleLowerCase('en-US')),
  );
  return user.success
    ? { ref: user.data }
    : {
        ref: externalPersonRef(source, id.slice(0, MAX_TEXT_LENGTH)),
        name:
          plainText(name, MAX_LABEL_LENGTH) || plainText(id, MAX_LABEL_LENGTH),
      };
}

function uniquePeople(people: readonly RecordedPerson[]): RecordedPerson[] {
  return [...new Map(people.map(person => [person.ref, person])).values()];
}

function toLabel(text: string): string {
  return plainText(text, MAX_LABEL_LENGTH) || '-';
}

/** Of a year that has four digits. */
function toInstant(date: Date | undefined): string | undefined {
  const milliseconds = date?.getTime();
  return milliseconds !== undefined &&
    milliseconds >= 0 &&
    milliseconds < Date.UTC(9999, 0)
    ? new Date(milliseconds).toISOString()
    : undefined;
}

function latest(one: string, other: string | undefined): string {
  return other !== undefined && other > one ? other : one;
}
