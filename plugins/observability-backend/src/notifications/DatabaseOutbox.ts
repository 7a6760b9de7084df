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
    const due = this.#knex<OutboxRow>('outbox')
      .select('id')
      .whereNull('sent_at')
      .where('not_before', '<=', now)
      .whereNotExists(this.#unsentBefore())
      .orderBy('id')
      .limit(options.limit);
    // Of two replicas that found the same message, the later one waits for the
    // earlier and then finds it no longer due.
    const rows: OutboxRow[] = await this.#rows()
      .whereIn('id', due)
      .whereNull('sent_at')
      .where('not_before', '<=', now)
      .update({
        not_before: lease,
        attempts: this.#knex.raw('attempts + 1'),
      })
      .returning('*');
    return rows
      .map(row => ({
        id: Number(row.id),
        kind: row.kind,
        subject: row.subject,
        occurrence: row.occurrence,
        attempts: row.attempts,
        createdAt: row.created_at,
        ...JSON.parse(row.payload),
      }))
      .sort((a, b) => a.id - b.id);
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

  /** What was written earlier of the same occurrence: its end must not be told before its beginning. */
  #unsentBefore() {
    return this.#knex('outbox as earlier')
      .select(this.#knex.raw('1'))
      .where('earlier.subject', this.#knex.ref('outbox.subject'))
      .where('earlier.occurrence', this.#knex.ref('outbox.occurrence'))
      .where('earlier.id', '<', this.#knex.ref('outbox.id'))
      .whereNull('earlier.sent_at');
  }

  #rows() {
    return this.#knex<OutboxRow>('outbox');
  }
}
