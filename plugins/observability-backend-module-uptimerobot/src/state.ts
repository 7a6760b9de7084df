import { JsonObject } from '@backstage/types';
import { monitorStateSchema } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';

/*
 * What the provider remembers from one cycle to the next. State of another
 * version, or that cannot be read, counts as none: all is then read anew.
 */

const monitorSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string().optional(),
  type: z.string(),
  state: monitorStateSchema,
  since: z.string().optional(),
  reason: z.string().optional(),
  intervalSeconds: z.number().optional(),
  downAfterSeconds: z.number().optional(),
  certificateExpiresAt: z.string().optional(),
  createdAt: z.string().optional(),
  incidentId: z.string().optional(),
});

const incidentSchema = z.object({
  monitorId: z.string(),
  state: monitorStateSchema,
  startedAt: z.number(),
  endedAt: z.number().optional(),
  reason: z.string().optional(),
});

const pastSchema = z.object({
  from: z.number(),
  incidents: z.array(incidentSchema),
});

const windowSchema = z.object({
  interval: z.enum(['once', 'daily', 'weekly', 'monthly']),
  date: z.string().optional(),
  time: z.string(),
  durationMinutes: z.number(),
  days: z.array(z.number()),
  monitorIds: z.union([z.literal('all'), z.array(z.string())]),
});

const instanceStateSchema = z.object({
  version: z.literal(1),
  /** The requests of the last minute, in milliseconds since 1970. */
  made: z.array(z.number()).default([]),
  /** Requests a minute, as the vendor told it. */
  limit: z.number().optional(),
  /** The generation of the API that takes the key, and since when; tried anew once a day. */
  generation: z.enum(['v3', 'v2']).optional(),
  generationSince: z.number().optional(),
  /** When all monitors were read last. */
  readAt: z.number().default(0),
  /** A reading of all monitors that the limit cut short. */
  sweep: z
    .object({
      generation: z.enum(['v3', 'v2']),
      startedAt: z.number(),
      /** Where it goes on: a link, or an offset. */
      next: z.string(),
      monitors: z.array(monitorSchema),
      /** What the older generation's logs told. */
      pasts: z.record(z.string(), pastSchema).default({}),
    })
    .optional(),
  windows: z.array(windowSchema).default([]),
  windowsReadAt: z.number().default(0),
  /** A reading of incidents that goes on, or is done and not handed on yet. */
  incidents: z
    .object({
      from: z.number(),
      startedAt: z.number(),
      /** For targets that know nothing of the past yet. */
      whole: z.boolean(),
      /** Also of monitors to which nothing happened: we were not there to see it. */
      all: z.boolean(),
      /** None when it is done. */
      next: z.string().optional(),
      items: z.array(incidentSchema),
    })
    .optional(),
  /** Until when incidents are known. */
  incidentsThrough: z.number().default(0),
  /** When all that is known of the past was read last. */
  wholePastReadAt: z.number().default(0),
  /** The start of the oldest incident that goes on. */
  openSince: z.number().optional(),
  /** Of the monitors' states and incidents: when it changes, there is something new. */
  fingerprint: z.string().default(''),
  /** Where the next response times are read. */
  responsesNext: z.number().default(0),
  /** Until when the older generation is not asked for response times, since it refused. */
  bulkRefusedUntil: z.number().default(0),
  /** The last response time of each monitor: milliseconds, and when. */
  responses: z
    .record(z.string(), z.tuple([z.number(), z.number()]))
    .default({}),
});
/** Of an instance. Times are milliseconds since 1970, those of incidents seconds. */
export type InstanceState = z.infer<typeof instanceStateSchema>;

const targetStateSchema = z.object({
  version: z.literal(1),
  /** The monitors whose past has been handed on. */
  known: z.array(z.string()).default([]),
});
/** Of a target. */
export type TargetState = z.infer<typeof targetStateSchema>;

export function readInstanceState(
  state: JsonObject | undefined,
): InstanceState {
  return (
    instanceStateSchema.safeParse(state).data ??
    instanceStateSchema.parse({ version: 1 })
  );
}

export function readTargetState(state: JsonObject | undefined): TargetState {
  return (
    targetStateSchema.safeParse(state).data ??
    targetStateSchema.parse({ version: 1 })
  );
}

/** State as it is stored: without what is not set. */
export function toStoredState(state: InstanceState | TargetState): JsonObject {
  return JSON.parse(JSON.stringify(state));
}
