import { Knex } from 'knex';
import { whereAnyOf } from '../database/database';
import { InstanceId } from './CollectionStore';

/** How many targets each instance has, and how many entities it leaves without fresh data. */
export async function countSources(
  knex: Knex,
  readable: 'all' | ReadonlySet<string>,
  now: string,
): Promise<(InstanceId & { targets: number; affected: number })[]> {
  const rows = await knex('entity_targets')
    .join('targets', 'targets.id', 'entity_targets.target_id')
    .leftJoin('snapshots', 'snapshots.target_id', 'targets.id')
    .where(query => {
      if (readable !== 'all') {
        whereAnyOf(query, 'entity_targets.entity_ref', readable);
      }
    })
    .groupBy('targets.provider', 'targets.instance')
    .select<
      {
        provider: string;
        instance: string;
        targets: number | string;
        affected: number | string;
      }[]
    >(
      'targets.provider',
      'targets.instance',
      knex.raw('count(distinct targets.id) as targets'),
      knex.raw(
        `count(distinct case
           when snapshots.problem_code is not null and snapshots.problem_is_partial = ?
             or snapshots.stale_at < ? then entity_targets.entity_ref end) as affected`,
        [false, now],
      ),
    );
  return rows.map(row => ({
    provider: row.provider,
    instance: row.instance,
    targets: Number(row.targets),
    affected: Number(row.affected),
  }));
}
