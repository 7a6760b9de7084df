import { Knex } from 'knex';

/** A target that was just read, or tried. */
export interface ReadTarget {
  targetId: number;
  /** Whether there is something that was not known before. */
  newData: boolean;
}

/** Who is told of what was read. */
export interface ReadingsListener {
  /**
   * In the transaction that stores the readings: evaluates what hangs on the
   * targets. Returns the entities whose pages have something new.
   */
  onReadings(
    trx: Knex.Transaction,
    targets: ReadTarget[],
    now: Date,
  ): Promise<string[]>;
  /** After that transaction. */
  onChanged(entityRefs: string[]): Promise<void>;
}
