import {
  escape,
  ICalCalendar,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { PublishedShift } from './publishShifts';

/** Calendars that listen come back after this. */
const REFRESH_SECONDS = 3600;

/** No host: the address of the portal may change, and events stay the same. */
const UID_DOMAIN = 'on-call.watchkeeper.io';

/** A shift in words. */
export interface CalendarEntry {
  event: PublishedShift;
  summary: string;
  description: string;
  url?: string;
}

/**
 * A calendar as RFC 5545 text. The same entries give the same text, whenever it
 * is written: what stands for "now" is when an event changed.
 *
 * All times are in UTC, since the shifts are instants: whoever reads them sees
 * their own clocks. Having the watch keeps nobody from meetings, so the time
 * shows as free.
 */
export function writeCalendar(options: {
  name: string;
  entries: readonly CalendarEntry[];
}): string {
  const calendar = new ICalCalendar({
    // The library writes the name as it is given.
    name: escape(options.name, false),
    prodId: { company: 'Watchkeeper', product: 'On-call', language: 'EN' },
    ttl: REFRESH_SECONDS,
  });
  for (const { event, summary, description, url } of options.entries) {
    const modifiedAt = new Date(event.modifiedAt);
    calendar.createEvent({
      id: `${event.key}@${UID_DOMAIN}`,
      sequence: event.sequence,
      stamp: modifiedAt,
      lastModified: modifiedAt,
      start: new Date(event.start),
      end: new Date(event.end),
      summary,
      description,
      url,
      status: event.cancelledAt
        ? ICalEventStatus.CANCELLED
        : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${calendar.toString()}\r\n`;
}
