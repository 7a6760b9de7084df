import { Knex } from 'knex';

/** A notification that is to reach people at least once. */
export interface OutboxMessage {
  /** What happened: `health-critical`. */
  kind: string;
  /** To what: an entity reference. */
  subject: string;
  /** Which time; the same kind, subject and occurrence is one notification. */
  occurrence: string;
  recipients: string[];
  payload: {
    title: string;
    description?: string;
    link?: string;
    severity: 'critical' | 'high' | 'normal' | 'low';
    topic: string;
    /** A later message of the same scope replaces the earlier one in a person's list. */
    scope: string;
  };
}

/** A claimed message. */
export interface ClaimedMessage extends OutboxMessage {
  id: number;
  attempts: number;
  createdAt: string;
}

/**
 * Notifications that are written with the change they tell of and sent
 * afterwards: a crash between the two loses nothing.
 */
export interface Outbox {
  /** Adds messages in the transaction of their cause; those that are there already are left alone. */
  add(
    trx: Knex.Transaction,
    messages: OutboxMessage[],
    now: string,
  ): Promise<void>;
  /**
   * Takes messages that are due, in the order of writing; nobody else gets them
   * before the lease is over. Of the messages of one occurrence, a later one is
   * not due before the earlier ones are sent.
   */
  claim(options: {
    now: Date;
    leaseSeconds: number;
    limit: number;
  }): Promise<ClaimedMessage[]>;
  /** They reached the portal's notifications. */
  markSent(id: number, now: Date): Promise<void>;
  /** They did not; they are due again then. */
  postpone(id: number, until: Date): Promise<void>;
  /** Deletes what was sent before, and what nobody managed to send. */
  deleteBefore(before: Date): Promise<number>;
}
