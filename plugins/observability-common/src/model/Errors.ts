import { z } from 'zod/v4';

/** Schema of {@link Issue}.
 * @public
 */
export const issueSchema = z.object({
  id: z.string(),
  shortId: z.string(),
  /** From outside: plain text, never markup. */
  title: z.string(),
  culprit: z.string().optional(),
  /** `fatal`, `error`, `warning`, `info`, `debug`, or whatever the vendor adds. */
  level: z.string(),
  status: z.string(),
  substatus: z.string().optional(),
  priority: z.string().optional(),
  unhandled: z.boolean().optional(),
  /** Events in the window of the signal. */
  events: z.number(),
  /** Users affected in the window of the signal. */
  users: z.number(),
  firstSeen: z.string().optional(),
  lastSeen: z.string().optional(),
  assignee: z
    .object({ type: z.enum(['user', 'team']), name: z.string() })
    .optional(),
  url: z.string().optional(),
  /** Events an hour, oldest first, one number an hour of the last 24. */
  trend: z.array(z.number()),
});
/** A group of like errors.
 * @public */
export type Issue = z.infer<typeof issueSchema>;

/** Schema of {@link ErrorsData}.
 * @public
 */
export const errorsDataSchema = z.object({
  window: z.literal('24h'),
  events: z.number(),
  /** Events of the 24 hours before those. */
  previousEvents: z.number(),
  users: z.number(),
  previousUsers: z.number().optional(),
  /** Errors over requests in the last five minutes, 0..1; absent without request counts. */
  rate: z.number().optional(),
  /** All unresolved issues of the window, also those beyond `issues`. */
  unresolvedIssues: z.number().optional(),
  /** By frequency, the most frequent first; at most 100. */
  issues: z.array(issueSchema),
  trend: z.array(z.object({ at: z.string(), count: z.number() })),
});
/** What a signal of the kind `errors` holds.
 * @public
 */
export type ErrorsData = z.infer<typeof errorsDataSchema>;
