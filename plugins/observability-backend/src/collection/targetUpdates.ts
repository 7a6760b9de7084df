import { Knex } from 'knex';
import { batches, toInstant, whereAnyOf } from '../database/database';
import { TargetRow } from '../database/tables';
import { TargetRecord } from './CollectionStore';

/** Writes state, listing and served requests of targets, in a few statements a batch. */
export async function recordTargets(
  trx: Knex.Transaction,
  records: TargetRecord[],
  startedAt: Date,
): Promise<void> {
  for (const batch of batches(records)) {
    await trx<TargetRow>('targets')
      .where(query => whereAnyOf(query, 'id', idsOf(batch)))
      .where('requested_at', '<=', toInstant(startedAt))
      .update({ requested_at: null });
    await updateStates(
      trx,
      batch.flatMap(({ targetId, state }) =>
        state ? [{ targetId, state }] : [],
      ),
    );
    for (const listed of [true, false]) {
      const ids = idsOf(batch.filter(record => record.listed === listed));
      if (ids.length > 0) {
        await trx<TargetRow>('targets')
          .where(query => whereAnyOf(query, 'id', ids))
          .where(other => other.whereNull('listed').orWhereNot({ listed }))
          .update({ listed });
      }
    }
  }
}

async function updateStates(
  trx: Knex.Transaction,
  states: { targetId: number; state: object }[],
): Promise<void> {
  if (states.length === 0) {
    return;
  }
  const cases = states.map(() => 'when ? then ?').join(' ');
  await trx<TargetRow>('targets')
    .where(query =>
      whereAnyOf(
        query,
        'id',
        states.map(({ targetId }) => targetId),
      ),
    )
    .update({
      state: trx.raw(
        `case id ${cases} end`,
        states.flatMap(({ targetId, state }) => [
          targetId,
          JSON.stringify(state),
        ]),
      ),
    });
}

function idsOf(records: TargetRecord[]): number[] {
  return records.map(({ targetId }) => targetId);
}
