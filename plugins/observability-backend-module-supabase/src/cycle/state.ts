import { JsonObject } from '@backstage/types';
import {
  databaseAdvisorySchema,
  databaseDataSchema,
  databaseLimitationSchema,
  problemCodeSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { backupFactsSchema } from '../map/backups';
import { statementSchema } from '../map/slowQueries';
import { countersSchema } from '../metrics/counters';
import { PART_NAMES } from './parts';

/*
 * What the provider remembers from one cycle to the next. State of another
 * version, or that cannot be read, counts as none: all is then read anew.
 */

const instantText = z.string().refine(text => !Number.isNaN(Date.parse(text)));

const instanceStateSchema = z.object({
  version: z.literal(1),
  /** How many requests the last cycles made, to stay below the vendor's limit. */
  requests: z.array(z.object({ at: instantText, count: z.number() })),
});
/** Of an instance. */
export type InstanceState = z.infer<typeof instanceStateSchema>;

const failureSchema = z.object({
  limitation: databaseLimitationSchema.shape.code,
  message: z.string(),
  /** What it means to the status, where it means anything. */
  problem: problemCodeSchema.optional(),
  retryAt: instantText.optional(),
});
/** Why a part could not be read. */
export type PartFailure = z.infer<typeof failureSchema>;

const attemptSchema = z.object({
  triedAt: instantText,
  /** The last time that it was read. */
  readAt: instantText.optional(),
  /** Of the last attempt. */
  failure: failureSchema.optional(),
});
/** How reading a part went. */
export type PartAttempt = z.infer<typeof attemptSchema>;

const figuresSchema = z.object({
  cpu: z.number().optional(),
  memory: z.number().optional(),
  disk: z.number().optional(),
  connectionsUsed: z.number().optional(),
  connectionsMax: z.number().optional(),
  cacheHit: z.number().optional(),
  sizeBytes: z.number().optional(),
  replicationLagSeconds: z.number().optional(),
  readOnly: z.boolean().optional(),
  standby: z.boolean().optional(),
  up: z.boolean().optional(),
});

const targetStateSchema = z.object({
  version: z.literal(1),
  parts: z.partialRecord(z.enum(PART_NAMES), attemptSchema),
  metrics: figuresSchema
    .extend({
      counters: countersSchema,
      /** Whether the counters had something to be held against. */
      compared: z.boolean(),
    })
    .optional(),
  services: databaseDataSchema.shape.services.optional(),
  statements: z.array(statementSchema).optional(),
  backups: backupFactsSchema.optional(),
  performanceAdvice: z.array(databaseAdvisorySchema).optional(),
  securityAdvice: z.array(databaseAdvisorySchema).optional(),
  foreignKeys: z
    .array(
      z.object({
        schema: z.string(),
        table: z.string(),
        name: z.string().optional(),
      }),
    )
    .optional(),
  disk: z.number().optional(),
  readOnly: z.boolean().optional(),
  connectionsMax: z.number().optional(),
});
/** Of a target. */
export type TargetState = z.infer<typeof targetStateSchema>;

export function readInstanceState(
  state: JsonObject | undefined,
): InstanceState {
  return (
    instanceStateSchema.safeParse(state).data ?? { version: 1, requests: [] }
  );
}

export function readTargetState(state: JsonObject | undefined): TargetState {
  return targetStateSchema.safeParse(state).data ?? { version: 1, parts: {} };
}

/** State as it is stored: without what is not set. */
export function toStoredState(state: InstanceState | TargetState): JsonObject {
  return JSON.parse(JSON.stringify(state));
}
