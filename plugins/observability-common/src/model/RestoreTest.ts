import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link NewRestoreTest}.
 * @public
 */
export const newRestoreTestSchema = z.object({
  /** When the backup was restored; not in the future. */
  at: instantSchema,
  result: z.enum(['passed', 'failed']),
  note: z.string().max(2000).optional(),
  /** Id of the signal of the database; else all databases of the entity. */
  signal: z.string().max(1000).optional(),
});
/** What a person says of a restore that they tried.
 * @public
 */
export type NewRestoreTest = z.infer<typeof newRestoreTestSchema>;

/** Schema of {@link RestoreTest}.
 * @public
 */
export const restoreTestSchema = newRestoreTestSchema.extend({
  id: z.string(),
  recordedBy: z.string(),
  recordedAt: instantSchema,
});
/** A restore that somebody tried, as it is on record.
 * @public
 */
export type RestoreTest = z.infer<typeof restoreTestSchema>;
