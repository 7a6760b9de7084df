import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link TimelineKind}.
 * @public
 */
export const timelineKindSchema = z.enum([
  'state',
  'severity',
  'role',
  'note',
  'update',
  'runbook',
  'signal',
  'deployment',
  'link',
  'correction',
]);
/** What an entry of a timeline tells of.
 * @public
 */
export type TimelineKind = z.infer<typeof timelineKindSchema>;

/** Schema of {@link TimelineEntry}.
 * @public
 */
export const timelineEntrySchema = z.object({
  id: z.string(),
  /** When it happened. */
  at: instantSchema,
  /** When it was written; later than `at` where somebody wrote it down afterwards. */
  recordedAt: instantSchema,
  kind: timelineKindSchema,
  /** Reference of a user, or `system`. */
  actor: z.string(),
  /** A sentence, as Markdown of one paragraph. */
  text: z.string(),
  /**
   * What the sentence is made of, for pages that write it in their own language:
   * `{ from, to, reason }` of a state, `{ role, user }`, `{ entityRef, metric }`, …
   */
  data: z.record(z.string(), z.unknown()).optional(),
  pinned: z.boolean(),
  /** Of a correction: the id of the entry that it puts right. */
  corrects: z.string().optional(),
  /** In the order of writing, from 1, without holes; what a reader has seen last. */
  sequence: z.number(),
});
/**
 * Something that happened in an incident. Entries never change; a correction is
 * an entry of its own, and pins are kept beside them.
 *
 * @public
 */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
