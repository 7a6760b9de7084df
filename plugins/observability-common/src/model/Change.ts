import { z } from 'zod/v4';
import { instantSchema } from './Signal';

/** Schema of {@link Change}.
 * @public
 */
export const changeSchema = z.object({
  at: instantSchema,
  /** `release`, `deployment`, `transition`, … */
  kind: z.string(),
  entityRef: z.string(),
  title: z.string(),
  author: z.string().optional(),
  url: z.string().optional(),
});
/** Something that changed shortly before it went wrong.
 * @public */
export type Change = z.infer<typeof changeSchema>;
