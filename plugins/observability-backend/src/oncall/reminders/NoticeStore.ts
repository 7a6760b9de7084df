import { Knex } from 'knex';
import { OnCallNoticeRow } from '../../database/tables';
import { Outbox } from '../../notifications/Outbox';
import { DueNotice, Notice } from './dueNotices';

/** Keeps what people were told of their shifts, so that nobody is told twice. */
export class NoticeStore {
  readonly #knex: Knex;
  readonly #outbox: Outbox;

  constructor(options: { knex: Knex; outbox: Outbox }) {
    this.#knex = options.knex;
    this.#outbox = options.outbox;
  }

  /** Of shifts that begin after an instant. */
  async startingAfter(instant: string): Promise<Notice[]> {
    const rows = await this.#notices().where('start_at', '>', instant);
    return rows.map(row => ({
      schedule: row.schedule,
      kind: row.kind as Notice['kind'],
      occurrence: row.occurrence,
      person: row.person,
      level: row.level,
      startAt: row.start_at,
      state: row.state as Notice['state'],
    }));
  }

  /** Puts notices on record with their messages. Of several who do so at once, one sends. */
  async record(due: readonly DueNotice[], now: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      for (const { message, ...notice } of due) {
        const added = await trx<OnCallNoticeRow>('on_call_notices')
          .insert({
            schedule: notice.schedule,
            kind: notice.kind,
            occurrence: notice.occurrence,
            person: notice.person,
            level: notice.level,
            start_at: notice.startAt,
            state: notice.state,
            decided_at: now,
          })
          .onConflict(['schedule', 'kind', 'occurrence', 'person'])
          .ignore()
          .returning('person');
        if (added.length > 0 && notice.state === 'sent') {
          await this.#outbox.add(trx, [message], now);
        }
      }
    });
  }

  /** Deletes those of shifts that began before an instant. */
  async deleteBefore(before: Date): Promise<number> {
    return this.#notices()
      .where('start_at', '<', before.toISOString())
      .delete();
  }

  #notices() {
    return this.#knex<OnCallNoticeRow>('on_call_notices');
  }
}
