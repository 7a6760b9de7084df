import { CalendarFeed } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { toStorable } from '../../database/database';
import { OnCallFeedRow } from '../../database/tables';
import { CalendarFeedStore, StoredCalendarFeed } from './CalendarFeedStore';

/** Keeps calendar feeds in the plugin's database. */
export class DatabaseCalendarFeedStore implements CalendarFeedStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(feed: CalendarFeed, tokenHash: string): Promise<void> {
    await this.#feeds().insert({
      id: feed.id,
      token_hash: tokenHash,
      owner_ref: toStorable(feed.owner),
      schedule: feed.schedule ?? null,
      label: toStorable(feed.label),
      created_at: feed.createdAt,
      last_used_on: null,
      revoked_at: null,
    });
  }

  async list(selection: {
    owner?: string;
    schedule?: string;
  }): Promise<CalendarFeed[]> {
    const { owner, schedule } = selection;
    const rows = await this.#feeds()
      .whereNull('revoked_at')
      .where({
        ...(owner === undefined ? {} : { owner_ref: owner }),
        ...(schedule === undefined ? {} : { schedule }),
      })
      .orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id' }]);
    return rows.map(toFeed);
  }

  async feed(id: string): Promise<CalendarFeed | undefined> {
    const row = await this.#feeds().where({ id, revoked_at: null }).first();
    return row && toFeed(row);
  }

  async revoke(id: string, now: string): Promise<boolean> {
    const count = await this.#feeds()
      .where({ id, revoked_at: null })
      .update({ revoked_at: now });
    return count === 1;
  }

  async byToken(tokenHash: string): Promise<StoredCalendarFeed | undefined> {
    const row = await this.#feeds().where({ token_hash: tokenHash }).first();
    return (
      row && {
        ...toFeed(row),
        ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
      }
    );
  }

  async use(id: string, day: string): Promise<void> {
    await this.#feeds()
      .where({ id })
      .where(query =>
        query.whereNull('last_used_on').orWhere('last_used_on', '<', day),
      )
      .update({ last_used_on: day });
  }

  async deleteRevokedBefore(instant: string): Promise<number> {
    return this.#feeds().where('revoked_at', '<=', instant).delete();
  }

  #feeds() {
    return this.#knex<OnCallFeedRow>('on_call_feeds');
  }
}

function toFeed(row: OnCallFeedRow): CalendarFeed {
  const { schedule, last_used_on: lastUsedOn } = row;
  return {
    id: row.id,
    ...(schedule === null ? {} : { schedule }),
    label: row.label,
    owner: row.owner_ref,
    createdAt: row.created_at,
    ...(lastUsedOn === null ? {} : { lastUsedOn }),
  };
}
