import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { batches, fromJson } from '../../database/database';
import {
  OnCallCalendarEventRow,
  OnCallCalendarRow,
} from '../../database/tables';
import { PublishedCalendar, PublishedShiftStore } from './PublishedShiftStore';
import { PublishedShift } from './publishShifts';

/** Keeps what calendars have been told in the plugin's database. */
export class DatabasePublishedShiftStore implements PublishedShiftStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async read(audience: string): Promise<PublishedCalendar> {
    // The revision first: what is written in between makes our write fail, not theirs.
    const calendar = await this.#knex<OnCallCalendarRow>('on_call_calendars')
      .where({ audience })
      .first();
    const rows = await this.#events(this.#knex).where({ audience });
    return {
      ...(calendar ? { revision: calendar.revision } : {}),
      events: rows.map(toEvent),
    };
  }

  async write(change: {
    audience: string;
    revision: string | undefined;
    events: readonly PublishedShift[];
  }): Promise<boolean> {
    const { audience, revision, events } = change;
    return this.#knex.transaction(async trx => {
      if (!(await claim(trx, audience, revision))) {
        return false;
      }
      for (const batch of batches(events)) {
        await this.#events(trx)
          .insert(batch.map(event => toRow(audience, event)))
          .onConflict(['audience', 'shift_key'])
          .merge();
      }
      return true;
    });
  }

  async deleteEndedBefore(instant: string): Promise<number> {
    const count = await this.#events(this.#knex)
      .where('end_at', '<=', instant)
      .delete();
    await this.#knex<OnCallCalendarRow>('on_call_calendars')
      .whereNotExists(
        this.#events(this.#knex).whereRaw('?? = ??', [
          'on_call_calendar_events.audience',
          'on_call_calendars.audience',
        ]),
      )
      .delete();
    return count;
  }

  #events(knex: Knex) {
    return knex<OnCallCalendarEventRow>('on_call_calendar_events');
  }
}

/** Writes another revision over the one that was read. Of several who try, one can. */
async function claim(
  trx: Knex.Transaction,
  audience: string,
  revision: string | undefined,
): Promise<boolean> {
  const calendars = trx<OnCallCalendarRow>('on_call_calendars');
  if (revision === undefined) {
    const inserted: unknown[] = await calendars
      .insert({ audience, revision: randomUUID() })
      .onConflict('audience')
      .ignore()
      .returning('audience');
    return inserted.length === 1;
  }
  const count = await calendars
    .where({ audience, revision })
    .update({ revision: randomUUID() });
  return count === 1;
}

function toRow(
  audience: string,
  event: PublishedShift,
): OnCallCalendarEventRow {
  return {
    audience,
    shift_key: event.key,
    schedule: event.schedule,
    level: event.level,
    start_at: event.start,
    end_at: event.end,
    people: JSON.stringify(event.people),
    sequence: event.sequence,
    modified_at: event.modifiedAt,
    cancelled_at: event.cancelledAt ?? null,
  };
}

function toEvent(row: OnCallCalendarEventRow): PublishedShift {
  return {
    key: row.shift_key,
    schedule: row.schedule,
    level: row.level,
    start: row.start_at,
    end: row.end_at,
    people: fromJson<string[]>(row.people, []),
    sequence: row.sequence,
    modifiedAt: row.modified_at,
    ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at }),
  };
}
