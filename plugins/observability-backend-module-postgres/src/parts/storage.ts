import { z } from 'zod/v4';
import { Ask } from '../connection/Session';

const SIZE_SQL = `
  select /* watchkeeper */ pg_database_size(current_database())::float8 as bytes`;

/** How large the database is. */
export async function readSize(ask: Ask): Promise<number> {
  const [row] = await ask(SIZE_SQL, z.object({ bytes: z.number() }));
  return row.bytes;
}

const BLOCKS_SQL = `
  select /* watchkeeper */
    blks_hit::float8 as hit,
    blks_read::float8 as read,
    extract(epoch from stats_reset)::float8 as "resetAt"
  from pg_stat_database where datname = current_database()`;

/** Schema of {@link BlockCounters}. */
export const blockCountersSchema = z.object({
  hit: z.number(),
  read: z.number(),
  /** When counting began anew, in seconds; the server says so only once it did. */
  resetAt: z.number().nullable(),
});
/** Blocks that were found in memory and that were not, since counting began. */
export type BlockCounters = z.infer<typeof blockCountersSchema>;

export async function readBlocks(ask: Ask): Promise<BlockCounters> {
  const [row] = await ask(BLOCKS_SQL, blockCountersSchema);
  return row;
}

/**
 * The share of blocks found in memory between two readings. `pending` where
 * there is nothing to compare with: the first reading, and the first after the
 * counters began anew. Nothing where no block was asked for in between.
 */
export function cacheHitBetween(
  before: BlockCounters | undefined,
  now: BlockCounters,
): number | 'pending' | undefined {
  if (
    !before ||
    before.resetAt !== now.resetAt ||
    now.hit < before.hit ||
    now.read < before.read
  ) {
    return 'pending';
  }
  const hit = now.hit - before.hit;
  const all = hit + now.read - before.read;
  return all > 0 ? hit / all : undefined;
}
