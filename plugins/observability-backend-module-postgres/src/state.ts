import { JsonObject } from '@backstage/types';
import { databaseAdvisorySchema } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { blockCountersSchema } from './parts/storage';

const stateSchema = z.object({
  /** Of the last reading, for the cache hits in between. */
  blocks: blockCountersSchema.optional().catch(undefined),
  /** By id: how often it was called, and when that was last seen to grow, in seconds. */
  statements: z.record(z.string(), z.tuple([z.number(), z.number()])).catch({}),
  /** By id of a statement: what its plan proved, when it was looked at. */
  advice: z
    .record(
      z.string(),
      z.object({ at: z.number(), text: z.string().optional() }),
    )
    .catch({}),
  indexes: z
    .object({
      /** When they were looked at, in seconds. */
      at: z.number(),
      advisories: z.array(databaseAdvisorySchema),
      /** By index: since when we see it idle. */
      seen: z.record(z.string(), z.number()),
    })
    .optional()
    .catch(undefined),
});
/** What is remembered of a database from one cycle to the next. */
export type DatabaseState = z.infer<typeof stateSchema>;

const EMPTY: DatabaseState = { statements: {}, advice: {} };

/** What cannot be read is forgotten: it was another version's. */
export function readState(state: JsonObject | undefined): DatabaseState {
  const parsed = stateSchema.safeParse({ ...EMPTY, ...state });
  return parsed.success ? parsed.data : EMPTY;
}

export function toStoredState(state: DatabaseState): JsonObject {
  return JSON.parse(JSON.stringify(state));
}
