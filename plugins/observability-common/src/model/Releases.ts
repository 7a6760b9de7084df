import { z } from 'zod/v4';

/** @public */
export const releaseVerdictSchema = z.enum([
  'healthy',
  'degraded',
  'roll-back',
  'unknown',
]);
/** @public */
export type ReleaseVerdict = z.infer<typeof releaseVerdictSchema>;

/** @public */
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
/** @public */
export type Release = z.infer<typeof releaseSchema>;

/** @public */
export const releasesDataSchema = z.object({
  /** Newest first; at most ten. */
  releases: z.array(releaseSchema),
});
/** @public */
export type ReleasesData = z.infer<typeof releasesDataSchema>;
