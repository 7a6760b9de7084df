import { z } from 'zod/v4';

/** Schema of {@link ReleaseVerdict}.
 * @public
 */
export const releaseVerdictSchema = z.enum([
  'healthy',
  'degraded',
  'roll-back',
  'unknown',
]);
/** How a release is doing against the one before; `roll-back` when it is far worse.
 * @public
 */
export type ReleaseVerdict = z.infer<typeof releaseVerdictSchema>;

/** Schema of {@link Release}.
 * @public
 */
export const releaseSchema = z.object({
  version: z.string(),
  createdAt: z.string(),
  author: z.string().optional(),
  url: z.string().optional(),
  events: z.number(),
  newIssues: z.number(),
  /** Against the release before; `ratio` is how much worse, 0.5 for half as bad again. */
  comparison: z.object({ metric: z.string(), ratio: z.number() }).optional(),
  crashFreeSessions: z.number().optional(),
  adoption: z.number().optional(),
  verdict: releaseVerdictSchema,
});
/** One released version.
 * @public
 */
export type Release = z.infer<typeof releaseSchema>;

/** Schema of {@link ReleasesData}.
 * @public
 */
export const releasesDataSchema = z.object({
  /** Newest first; at most ten. */
  releases: z.array(releaseSchema),
});
/** What a signal of the kind `releases` holds.
 * @public
 */
export type ReleasesData = z.infer<typeof releasesDataSchema>;
