import { PublishedShift } from './publishShifts';

/** What the calendars of a schedule or a person have been told. */
export interface PublishedCalendar {
  /** Another one with each change; none before the first. */
  revision?: string;
  events: PublishedShift[];
}

/** Keeps what calendars have been told, for each audience: a schedule or a person. */
export interface PublishedShiftStore {
  read(audience: string): Promise<PublishedCalendar>;
  /** Keeps what is news; false where somebody else has written since the revision. */
  write(change: {
    audience: string;
    revision: string | undefined;
    events: readonly PublishedShift[];
  }): Promise<boolean>;
  /** Forgets the shifts that ended before; returns how many. */
  deleteEndedBefore(instant: string): Promise<number>;
}
