import { Knex } from 'knex';
import { batches, toInstant } from '../database/database';
import { OutboxRow } from '../database/tables';
import { ClaimedMessage, Outbox, OutboxMessage } from './Outbox';

export class DatabaseOutbox implements Outbox {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    trx: Knex.Transaction,
    messages: OutboxMessage[],
    now: string,
  ): Promise<void> {
    for (const batch of batches(messages)) {
      await trx<OutboxRow>('outbox')
        .insert(
          batch.map(({ kind, subject, occurrence, ...content }) => ({
            kind,
            subject,
            occurrence,
            payload: JSON.stringify(content),
            created_at: now,
            not_before: now,
          })),
        )
        .onConflict(['kind', 'subject', 'occurrence'])
        .ignore();
    }
  }

  async claim(options: {
    now: Date;
    leaseSeconds: number;
    limit: number;
  }): Promise<ClaimedMessage[]> {
    const now = toInstant(options.now);
    const lease = toInstant(
      new Date(options.now.getTime() + options.leaseSeconds * 1000),
    );
    const due = await this.#rows()
      .whereNull('sent_at')
      .where('not_before', '<=', now)
      .orderBy('id')
      .limit(options.limit);
    const claimed: ClaimedMessage[] = [];
    for (const row of due) {
      // Compare and set: of two replicas that saw the row, one gets it.
      const count = await this.#rows()
        .where({ id: row.id, not_before: row.not_before })
        .whereNull('sent_at')
        .update({ not_before: lease, attempts: row.attempts + 1 });
      if (count === 1) {
        claimed.push({
          id: row.id,
          kind: row.kind,
          subject: row.subject,
          occurrence: row.occurrence,
          attempts: row.attempts + 1,
          createdAt: row.created_at,
          ...JSON.parse(row.payload),
        });
      }
    }
    return claimed;
  }

  async markSent(id: number, now: Date): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({ sent_at: toInstant(now) });
  }

  async postpone(id: number, until: Date): Promise<void> {
    await this.#rows()
      .where({ id })
      .update({ not_before: toInstant(until) });
  }

  async deleteBefore(before: Date): Promise<number> {
    return this.#rows().where('created_at', '<', toInstant(before)).delete();
  }

  #rows() {
    return this.#knex<OutboxRow>('outbox');
  }
}
