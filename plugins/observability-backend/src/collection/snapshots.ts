import { Knex } from 'knex';
import { batches, toInstant } from '../database/database';
import { toProblemColumns } from '../database/problems';
import { SnapshotRow } from '../database/tables';
import { TargetRecord } from './CollectionStore';

const PROBLEM_COLUMNS = [
  'problem_code',
  'problem_message',
  'problem_since',
  'problem_retry_at',
  'problem_is_partial',
] as const;

const READING_COLUMNS = [
  'observed_at',
  'stale_at',
  'measurements',
  'url',
  ...PROBLEM_COLUMNS,
] as const;

const SNAPSHOT_KEY: (keyof SnapshotRow)[] = ['target_id', 'kind'];

/**
 * Writes readings and failures. A failure leaves the last good data where it
 * is; a reading without data confirms it. The problem of a part stands beside
 * the reading.
 */
export async function recordSnapshots(
  trx: Knex.Transaction,
  records: TargetRecord[],
): Promise<void> {
  const withData: Partial<SnapshotRow>[] = [];
  const confirmed: Partial<SnapshotRow>[] = [];
  const failed: Partial<SnapshotRow>[] = [];
  for (const { targetId, readings, failures } of records) {
    for (const reading of readings) {
      const row = {
        target_id: targetId,
        kind: reading.kind,
        observed_at: toInstant(reading.observedAt),
        stale_at: toInstant(reading.staleAt),
        measurements: JSON.stringify(reading.measurements),
        url: reading.url ?? null,
        ...toProblemColumns(reading.problem),
        problem_is_partial: reading.problem !== undefined,
      };
      if (reading.data === undefined) {
        confirmed.push(row);
      } else {
        withData.push({
          ...row,
          data: JSON.stringify(reading.data),
          summary:
            reading.summary === undefined
              ? null
              : JSON.stringify(reading.summary),
        });
      }
    }
    for (const { kind, problem } of failures) {
      failed.push({
        target_id: targetId,
        kind,
        ...toProblemColumns(problem),
        problem_is_partial: false,
      });
    }
  }
  await upsert(trx, withData, [...READING_COLUMNS, 'data', 'summary']);
  await upsert(trx, confirmed, [...READING_COLUMNS]);
  await upsert(trx, failed, [...PROBLEM_COLUMNS]);
}

async function upsert(
  trx: Knex.Transaction,
  rows: Partial<SnapshotRow>[],
  columns: (keyof SnapshotRow)[],
): Promise<void> {
  for (const batch of batches(rows)) {
    await trx<SnapshotRow>('snapshots')
      .insert(batch)
      .onConflict(SNAPSHOT_KEY)
      .merge(columns);
  }
}
