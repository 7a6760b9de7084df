import {
  expandSchedule,
  parseShiftKey,
  Schedule,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { OutboxMessage } from '../../notifications/Outbox';
import { onCallLink } from '../onCallLink';
import { StoredSchedule } from '../OnCallStore';
import { DAY_MS, definitionAt, iso, titleOf } from '../scheduleAnswers';
import { handoffsBetween } from './handoffs';
import { formatStretch, formatWhen, listOf, occurrenceOf } from './wording';

const HOUR_MS = 3_600_000;
/** What has been due for longer, because nothing ran, is told no more. */
export const LATE_MS = HOUR_MS;

/** How long before a shift people are reminded of it. */
const LEADS = [
  { kind: 'week', ms: 7 * DAY_MS, title: 'begins in a week' },
  { kind: 'day', ms: DAY_MS, title: 'begins in a day' },
  { kind: 'hours', ms: 12 * HOUR_MS, title: 'begins in 12 hours' },
] as const;

/** A shift that moves by less, and is not where it was, is the same to those who have it. */
const MOVED_MS = DAY_MS;

/** Of what somebody is told, or was. */
export interface Notice {
  schedule: string;
  kind: (typeof LEADS)[number]['kind'] | 'handoff';
  /** Never told twice to the same person. */
  occurrence: string;
  person: string;
  level: string;
  startAt: string;
  state: 'sent' | 'late' | 'moved';
}

/** A notice that is to be put on record, and sent where its state says so. */
export interface DueNotice extends Notice {
  message: OutboxMessage;
}

/**
 * What people are to be told of a schedule now: their coming shifts a week, a day
 * and 12 hours ahead, and each handoff of the last hour. Times before a shift are
 * elapsed, whatever the clocks do meanwhile. Pure.
 */
export function dueNotices(options: {
  schedule: StoredSchedule;
  now: string;
  /** What is on record of this schedule. */
  told: readonly Notice[];
  nameOf: (person: string) => string;
}): DueNotice[] {
  return [...dueReminders(options), ...dueHandoffs(options)].filter(
    due => !options.told.some(told => isSame(told, due)),
  );
}

function isSame(one: Notice, other: Notice): boolean {
  return (
    one.kind === other.kind &&
    one.occurrence === other.occurrence &&
    one.person === other.person
  );
}

function dueReminders(options: {
  schedule: StoredSchedule;
  now: string;
  told: readonly Notice[];
}): DueNotice[] {
  const { schedule, now, told } = options;
  const definition = definitionAt(schedule, now);
  const runs = comingRuns(schedule, now);
  const there = new Set(runs.map(({ turn }) => turn));
  return runs.flatMap(run =>
    LEADS.flatMap(({ kind, ms, title }): DueNotice[] => {
      const lateMs = Date.parse(now) - (Date.parse(run.start) - ms);
      if (lateMs < 0) {
        return [];
      }
      const hasMoved = told.some(
        notice =>
          notice.kind === kind &&
          notice.state !== 'late' &&
          notice.person === run.person &&
          notice.level === run.level &&
          notice.startAt > now &&
          !there.has(notice.occurrence) &&
          Math.abs(Date.parse(notice.startAt) - Date.parse(run.start)) <
            MOVED_MS,
      );
      const late = lateMs > LATE_MS ? 'late' : 'sent';
      return [
        {
          schedule: schedule.name,
          kind,
          occurrence: run.turn,
          person: run.person,
          level: run.level,
          startAt: run.start,
          state: hasMoved ? 'moved' : late,
          message: {
            kind: 'on-call-reminder',
            subject: schedule.name,
            occurrence: occurrenceOf(kind, run.turn, run.person),
            recipients: [run.person],
            payload: {
              title: `${titleOf(definition)}: your watch ${title}`,
              description: describeStart(run, definition),
              link: onCallLink(schedule.name),
              severity: kind === 'week' ? 'low' : 'normal',
              topic: 'on-call',
              scope: `on-call-reminder:${occurrenceOf(run.turn, run.person)}`,
            },
          },
        },
      ];
    }),
  );
}

function describeStart(
  { level, start }: { level: string; start: string },
  { timeZone }: Schedule,
): string {
  return `At ${level}, from ${formatWhen(start, timeZone)} (${timeZone}) on`;
}

/** A time for which one person has the watch at one level without a break. */
interface Run {
  person: string;
  level: string;
  start: string;
  /** Names the turn that it begins with: it stays when the turn is cut. */
  turn: string;
}

/** The runs that begin within the longest lead. */
function comingRuns(schedule: StoredSchedule, now: string): Run[] {
  const { shifts } = expandSchedule({
    ...schedule,
    from: now,
    to: iso(Date.parse(now) + LEADS[0].ms + 1),
  });
  const runs: Run[] = [];
  for (const shift of shifts) {
    for (const person of shift.people) {
      const goesOn = shifts.some(
        before =>
          before.level === shift.level &&
          before.end === shift.start &&
          before.people.includes(person),
      );
      const turn = turnOf(shift);
      const isKnown = runs.some(
        run => run.turn === turn && run.person === person,
      );
      if (shift.start > now && !goesOn && !isKnown) {
        runs.push({ person, level: shift.level, start: shift.start, turn });
      }
    }
  }
  // Whoever comes back in the middle of a turn was reminded of its beginning.
  const running = new Set(
    shifts
      .filter(({ start }) => start <= now)
      .flatMap(shift => shift.people.map(person => person + turnOf(shift))),
  );
  return runs.filter(({ person, turn }) => !running.has(person + turn));
}

/** The turn of a rotation, all of it; of what people changed by hand, the change. */
function turnOf({ key, source }: Shift): string {
  const turn = parseShiftKey(key)?.turn ?? key;
  return source.id === undefined ? turn : `${turn}#${source.id}`;
}

function dueHandoffs(options: {
  schedule: StoredSchedule;
  now: string;
  nameOf: (person: string) => string;
}): DueNotice[] {
  const { schedule, now, nameOf } = options;
  const definition = definitionAt(schedule, now);
  const { timeZone } = definition;
  const from = iso(Date.parse(now) - LATE_MS);
  return handoffsBetween(schedule, from, now).flatMap(handoff => {
    const { at, level, arriving, leaving, before, after } = handoff;
    const notice = (person: string, isComing: boolean): DueNotice => {
      const others = listOf((isComing ? leaving : arriving).map(nameOf));
      const occurrence = `${isComing ? 'in' : 'out'}:${level}:${at}`;
      return {
        schedule: schedule.name,
        kind: 'handoff',
        occurrence,
        person,
        level,
        startAt: at,
        state: 'sent',
        message: {
          kind: 'on-call-handoff',
          subject: schedule.name,
          occurrence: occurrenceOf(schedule.name, occurrence, person),
          recipients: [person],
          payload: {
            title: `${titleOf(definition)}: ${
              isComing ? 'you have the watch' : 'your watch is over'
            }`,
            description: isComing
              ? describeArrival(level, others, after, timeZone)
              : describeLeaving(level, others),
            link: onCallLink(schedule.name, before?.key),
            severity: isComing ? 'high' : 'normal',
            topic: 'on-call',
            scope: `on-call-handoff:${occurrenceOf(
              schedule.name,
              occurrence,
              person,
            )}`,
          },
        },
      };
    };
    return [
      ...arriving.map(person => notice(person, true)),
      ...leaving.map(person => notice(person, false)),
    ];
  });
}

function describeArrival(
  level: string,
  leaving: string,
  after: Shift | undefined,
  timeZone: string,
): string {
  const when = after ? `, ${formatStretch(after, timeZone)}` : '';
  return `At ${level}${when}.${
    leaving ? ` ${leaving} had it before: read and sign the handoff note.` : ''
  }`;
}

function describeLeaving(level: string, arriving: string): string {
  return arriving
    ? `${arriving} has it at ${level} now. Write and sign the handoff note.`
    : `Nobody has it at ${level} now. Write and sign the handoff note.`;
}
