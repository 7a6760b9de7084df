import { Knex } from 'knex';

/** A target that was just read, or tried. */
export interface ReadTarget {
  targetId: number;
  /** Whether there is something that was not known before. */
  news: boolean;
  /** Somebody is waiting for it. */
  requested: boolean;
}

/** What readings have changed, as far as open pages are concerned. */
export interface HealthChange {
  /** Entities whose pages are to read again at once. */
  entityRefs: string[];
  /** Whether there is anything new at all. */
  anything: boolean;
}

/** Who is told of what was read. */
export interface ReadingsListener {
  /**
   * In the transaction that stores the readings: evaluates what hangs on the
   * targets.
   */
  onReadings(
    trx: Knex.Transaction,
    targets: ReadTarget[],
    now: Date,
  ): Promise<HealthChange>;
  /** After that transaction. */
  onChanged(change: HealthChange): Promise<void>;
}
