import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { toInstant } from '../database/database';
import { IdempotentRequestRow } from '../database/tables';

/** How long the first answer to a request is repeated. */
const KEPT_MS = 24 * 3_600_000;
/** A request that has not ended after this was cut off, and may be made again. */
const CLAIMED_MS = 60_000;

/** An answer as it was sent. */
export interface KeptAnswer {
  status: number;
  contentType: string | null;
  body: string;
}

/** What is known of a request that comes with a key. */
export type RequestClaim =
  /** Nothing: it is to be carried out, and its end told with this token. */
  | { state: 'claimed'; token: string }
  /** The same request is being carried out. */
  | { state: 'running' }
  /** The key belongs to a request that said something else. */
  | { state: 'different' }
  | { state: 'answered'; answer: KeptAnswer };

/**
 * Keeps the first answers to requests that may be sent more than once.
 *
 * Whoever inserts the row of a request carries it out; of several replicas only
 * one can. A claim holds for a while only, so that a process that dies does not
 * block the request for ever.
 */
export class IdempotentRequests {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Claims a request, or tells what became of it. */
  async claim(
    request: { id: string; bodyHash: string },
    now: Date,
  ): Promise<RequestClaim> {
    const { id, bodyHash } = request;
    const row: IdempotentRequestRow = {
      id,
      body_hash: bodyHash,
      claim: randomUUID(),
      claimed_until: later(now, CLAIMED_MS),
      created_at: toInstant(now),
      status: null,
      content_type: null,
      body: null,
    };
    const inserted: unknown[] = await this.#rows()
      .insert(row)
      .onConflict('id')
      .ignore()
      .returning('id');
    if (inserted.length > 0) {
      return { state: 'claimed', token: row.claim };
    }

    const known = await this.#rows().where({ id }).first();
    if (!known) {
      // It was given up just now; whoever sends it again carries it out.
      return { state: 'running' };
    }
    const isOver =
      known.created_at <= later(now, -KEPT_MS) ||
      (known.status === null && known.claimed_until <= toInstant(now));
    if (isOver) {
      const taken = await this.#rows()
        .where({ id, claim: known.claim, status: known.status })
        .update(row);
      return taken === 1
        ? { state: 'claimed', token: row.claim }
        : { state: 'running' };
    }
    if (known.body_hash !== bodyHash) {
      return { state: 'different' };
    }
    return known.status === null
      ? { state: 'running' }
      : {
          state: 'answered',
          answer: {
            status: known.status,
            contentType: known.content_type,
            body: known.body ?? '',
          },
        };
  }

  /** Keeps the answer to a claimed request. */
  async answer(id: string, token: string, answer: KeptAnswer): Promise<void> {
    await this.#rows().where({ id, claim: token }).update({
      status: answer.status,
      content_type: answer.contentType,
      body: answer.body,
    });
  }

  /** Gives a claimed request up: it may be made again at once. */
  async giveUp(id: string, token: string): Promise<void> {
    await this.#rows().where({ id, claim: token, status: null }).delete();
  }

  /** Deletes what is no longer repeated; returns how many. */
  async deleteExpired(now: Date): Promise<number> {
    return this.#rows()
      .where('created_at', '<=', later(now, -KEPT_MS))
      .delete();
  }

  #rows() {
    return this.#knex<IdempotentRequestRow>('idempotent_requests');
  }
}

function later(date: Date, milliseconds: number): string {
  return toInstant(new Date(date.getTime() + milliseconds));
}
