import { z } from 'zod/v4';

/** The body of every error that the portal answers with.
 * @public
 */
export const errorBodySchema = z.object({
  error: z.object({
    /** `InputError`, `NotAllowedError`, `NotFoundError`, … */
    name: z.string(),
    message: z.string(),
  }),
  request: z.object({ method: z.string(), url: z.string() }).optional(),
  response: z.object({ statusCode: z.number() }),
});
/** See {@link errorBodySchema}.
 * @public
 */
export type ErrorBody = z.infer<typeof errorBodySchema>;
