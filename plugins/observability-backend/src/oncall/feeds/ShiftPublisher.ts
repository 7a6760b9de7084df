import { ServiceUnavailableError } from '@backstage/errors';
import { ScheduleStretch } from '../OnCallService';
import { DAY_MS, iso } from '../scheduleAnswers';
import { PublishedShiftStore } from './PublishedShiftStore';
import { PublishedShift, publishShifts } from './publishShifts';

const DAYS_BEHIND = 15;
const DAYS_AHEAD = 180;
const MAXIMUM_ATTEMPTS = 5;

/** Whose shifts a calendar holds: those of one schedule, or of one person in every schedule. */
export type CalendarSubject = { schedule: string } | { person: string };

/** Reads schedules with their shifts: those of some names, or those that name a person. */
export type ReadSchedules = (selection: {
  names?: string[];
  person?: string;
  from: string;
  to: string;
}) => Promise<ScheduleStretch[]>;

/** What a calendar holds. */
export interface CalendarContent {
  /** By start; also cancelled ones. */
  events: PublishedShift[];
  /** All that is known of the schedules in that time, also of others in them. */
  schedules: ScheduleStretch[];
}

/**
 * Finds what the calendars of a schedule or a person are to be told, and keeps
 * what they were told.
 *
 * Several replicas may answer for the same calendars at once, and each must
 * raise the sequence of an event once for each change, whoever sees it first. So
 * what was told is read before the shifts are, and what is news is kept only
 * where nobody has written meanwhile; else all is read again. Whoever writes has
 * then seen the shifts later than whoever wrote before.
 */
export class ShiftPublisher {
  readonly #store: PublishedShiftStore;
  readonly #read: ReadSchedules;
  readonly #now: () => Date;

  constructor(options: {
    store: PublishedShiftStore;
    read: ReadSchedules;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#read = options.read;
    this.#now = options.now ?? (() => new Date());
  }

  /** What calendars are told of a subject now. */
  async publish(subject: CalendarSubject): Promise<CalendarContent> {
    const audience =
      'person' in subject ? subject.person : `schedule:${subject.schedule}`;
    for (let attempt = 0; attempt < MAXIMUM_ATTEMPTS; attempt++) {
      const now = this.#now();
      const { revision, events: published } = await this.#store.read(audience);
      // Of whole days, so that a calendar changes when shifts do, not with each request.
      const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
      const from = iso(today - DAYS_BEHIND * DAY_MS);
      const to = iso(today + DAYS_AHEAD * DAY_MS);
      const schedules = await this.#read({
        ...('person' in subject
          ? { person: subject.person }
          : { names: [subject.schedule] }),
        from,
        to,
      });
      const shifts = schedules.flatMap(({ name, shifts: all }) =>
        all.map(shift => ({ ...shift, schedule: name })),
      );
      const { events, changed } = publishShifts({
        published,
        shifts:
          'person' in subject
            ? shifts.filter(({ people }) => people.includes(subject.person))
            : shifts,
        from,
        to,
        now: iso(now),
      });
      const isKept =
        changed.length === 0 ||
        (await this.#store.write({ audience, revision, events: changed }));
      if (isKept) {
        return { events, schedules };
      }
    }
    throw new ServiceUnavailableError(
      'Shifts change faster than calendars can be told of them',
    );
  }
}
