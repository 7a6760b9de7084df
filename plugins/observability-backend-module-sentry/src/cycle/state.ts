import { JsonObject } from '@backstage/types';
import { issueSchema } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';

/*
 * What the provider remembers from one cycle to the next. State of another
 * version, or that cannot be read, counts as none: all is then read anew.
 */

const instantText = z.string().refine(text => !Number.isNaN(Date.parse(text)));
const generation = z.enum(['newer', 'older']);

const instanceStateSchema = z.object({
  version: z.literal(1),
  lastRunAt: instantText,
  /** When the list of projects was read last. */
  listedAt: instantText.optional(),
  generations: z.object({
    errors: generation,
    spans: generation,
    series: generation,
  }),
  /** Since when those hold; they are tried anew once a day. */
  generationsSince: instantText,
});
/** Of an instance. */
export type InstanceState = z.infer<typeof instanceStateSchema>;

const projectSchema = z.object({
  id: z.string(),
  /** Whether Sentry says that it has ever received any. */
  hasEvents: z.boolean(),
  hasRequests: z.boolean(),
  hasSessions: z.boolean(),
});
/** What is known of the project of a target. */
export type KnownProject = z.infer<typeof projectSchema>;

const targetStateSchema = z.object({
  version: z.literal(1),
  project: projectSchema.optional(),
  /** When the list of projects did not have it. */
  missingSince: instantText.optional(),
  errors: z
    .object({
      readAt: instantText,
      /** The newest event that those details know of. */
      lastSeen: instantText.optional(),
      /** The rate that they show. */
      rate: z.number().optional(),
      /** For so many more cycles the rate is worth asking for: it was above zero a moment ago. */
      watch: z.number(),
    })
    .optional(),
  performance: z
    .object({
      readAt: instantText,
      /** The p95 when those details were read, to know when they are out of date. */
      p95Ms: z.number().optional(),
      trend: z.array(z.object({ at: z.string(), p95Ms: z.number() })),
      /** The hours of the day before that today's next hours are held against. */
      yesterday: z.array(
        z.object({
          at: z.number(),
          count: z.number().optional(),
          failureRate: z.number().optional(),
        }),
      ),
      transactions: z.array(
        z.object({
          name: z.string(),
          p95Ms: z.number(),
          throughputPerMinute: z.number(),
          failureRate: z.number().optional(),
        }),
      ),
      transactionScope: z.enum(['http.server', 'all']).optional(),
      /** The headline numbers as they were given last. */
      shown: z.string().optional(),
    })
    .optional(),
  /** Found among the issues, shown with the performance. */
  slowQueries: z.array(issueSchema).optional(),
  releases: z
    .object({
      readAt: instantText,
      listedAt: instantText,
      known: z.array(
        z.object({
          version: z.string(),
          createdAt: instantText,
          author: z.string().optional(),
          newIssues: z.number(),
        }),
      ),
      /** New issues in the first hour of the newest release, once that hour is over. */
      firstHour: z
        .object({ version: z.string(), issues: z.number() })
        .optional(),
      regression: z
        .object({
          version: z.string(),
          ratio: z.number(),
          exposure: z.number(),
        })
        .optional(),
    })
    .optional(),
});
/** Of a target. */
export type TargetState = z.infer<typeof targetStateSchema>;

export function readInstanceState(
  state: JsonObject | undefined,
): InstanceState | undefined {
  return instanceStateSchema.safeParse(state).data;
}

export function readTargetState(state: JsonObject | undefined): TargetState {
  return targetStateSchema.safeParse(state).data ?? { version: 1 };
}

/** State as it is stored: without what is not set. */
export function toStoredState(state: InstanceState | TargetState): JsonObject {
  return JSON.parse(JSON.stringify(state));
}
