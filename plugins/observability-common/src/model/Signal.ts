import { z } from 'zod/v4';
import { statusSchema } from '../status';
import { databaseDataSchema } from './Database';
import { errorsDataSchema } from './Errors';
import { performanceDataSchema } from './Performance';
import { releasesDataSchema } from './Releases';
import { uptimeDataSchema } from './Uptime';

/** An instant: RFC 3339 with an offset; written by us in UTC with milliseconds.
 * @public */
export const instantSchema = z.iso.datetime({ offset: true });

/** What a signal is about. Each has its own shape of `data`.
 * @public */
export const signalKindSchema = z.enum([
  'errors',
  'performance',
  'releases',
  'uptime',
  'database',
]);
/** See {@link signalKindSchema}.
 * @public
 */
export type SignalKind = z.infer<typeof signalKindSchema>;

/** Why a source could not be read; each code is something a person can act on.
 * @public */
export const problemCodeSchema = z.enum([
  'unauthorized',
  'forbidden',
  'not-found',
  'rate-limited',
  'unavailable',
  'timeout',
  'malformed',
  'misconfigured',
]);
/** See {@link problemCodeSchema}.
 * @public
 */
export type ProblemCode = z.infer<typeof problemCodeSchema>;

/** Schema of {@link Problem}.
 * @public
 */
export const problemSchema = z.object({
  code: problemCodeSchema,
  /** One sentence: what was wrong, where, and what to do. Never a secret. */
  message: z.string(),
  since: instantSchema,
  retryAt: instantSchema.optional(),
});
/** Why a source cannot be read at present.
 * @public
 */
export type Problem = z.infer<typeof problemSchema>;

/** Schema of {@link Threshold}.
 * @public
 */
export const thresholdSchema = z.object({
  metric: z.string(),
  unit: z.string(),
  warning: z.union([z.number(), z.string()]).optional(),
  critical: z.union([z.number(), z.string()]).optional(),
  forSeconds: z.number().optional(),
});
/** A threshold in force for one entity.
 * @public */
export type Threshold = z.infer<typeof thresholdSchema>;

/** Schema of {@link Reason}.
 * @public
 */
export const reasonSchema = z.object({
  metric: z.string(),
  subject: z.object({ id: z.string(), name: z.string() }).optional(),
  value: z.union([z.number(), z.string()]).nullable(),
  unit: z.string(),
  threshold: z.union([z.number(), z.string()]).nullable(),
  level: z.enum(['warning', 'critical', 'unknown']),
  /** The same in words, with value, unit and threshold, in English. */
  message: z.string(),
  since: instantSchema,
});
/** One thing that is wrong.
 * @public */
export type Reason = z.infer<typeof reasonSchema>;

const signalBase = z.object({
  /** Kind, provider, instance and target: stable as long as those are. */
  id: z.string(),
  source: z.object({
    provider: z.string(),
    instance: z.string(),
    target: z.string(),
    url: z.string().optional(),
  }),
  status: statusSchema,
  since: instantSchema.nullable(),
  /** Worst first, then longest. */
  reasons: z.array(reasonSchema),
  /** In force also while all is well: the pages draw their marks. */
  thresholds: z.array(thresholdSchema),
  /** When the data below was read; `null` before the first answer. */
  observedAt: instantSchema.nullable(),
  /** Older than three intervals. */
  stale: z.boolean(),
  problem: problemSchema.optional(),
});

/** Schema of {@link Signal}.
 * @public
 */
export const signalSchema = z.discriminatedUnion('kind', [
  signalBase.extend({
    kind: z.literal('errors'),
    data: errorsDataSchema.optional(),
  }),
  signalBase.extend({
    kind: z.literal('performance'),
    data: performanceDataSchema.optional(),
  }),
  signalBase.extend({
    kind: z.literal('releases'),
    data: releasesDataSchema.optional(),
  }),
  signalBase.extend({
    kind: z.literal('uptime'),
    data: uptimeDataSchema.optional(),
  }),
  signalBase.extend({
    kind: z.literal('database'),
    data: databaseDataSchema.optional(),
  }),
]);
/**
 * What one source says about one entity. `data` is the last good one while
 * there is a problem.
 *
 * @public
 */
export type Signal = z.infer<typeof signalSchema>;

/** The `data` of each kind of signal.
 * @public */
export type SignalData = {
  [K in SignalKind]: NonNullable<Extract<Signal, { kind: K }>['data']>;
};

/** The parts of a signal's identity.
 * @public */
export interface SignalIdentity {
  kind: SignalKind;
  provider: string;
  instance: string;
  target: string;
}

/** `kind:provider:instance:target`, each part percent-encoded where it needs to be.
 * @public */
export function signalId(identity: SignalIdentity): string {
  return [identity.kind, identity.provider, identity.instance, identity.target]
    .map(part => part.replace(/[%:]/g, encodeURIComponent))
    .join(':');
}
