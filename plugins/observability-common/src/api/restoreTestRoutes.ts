import { z } from 'zod/v4';
import { newRestoreTestSchema, restoreTestSchema } from '../model';
import { healthReadPermission, healthRefreshPermission } from '../permissions';
import { ApiRoute } from './ApiRoute';
import { errorBodySchema } from './errorBody';
import { entityPathSchema } from './healthRoutes';

/** Which restore tests of an entity are read.
 * @public
 */
export const restoreTestListQuerySchema = z.object({
  signal: z
    .string()
    .max(1000)
    .optional()
    .describe('Id of the signal of one database; else those of all'),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z
    .string()
    .max(2000)
    .optional()
    .describe('`nextCursor` of another page, as it is'),
});
/** See {@link restoreTestListQuerySchema}.
 * @public
 */
export type RestoreTestListQuery = z.infer<typeof restoreTestListQuerySchema>;

/** Schema of {@link RestoreTestList}.
 * @public
 */
export const restoreTestListSchema = z.object({
  items: z.array(restoreTestSchema),
  nextCursor: z.string().optional(),
});
/** A page of the restore tests of an entity, the last one first.
 * @public
 */
export type RestoreTestList = z.infer<typeof restoreTestListSchema>;

const errors = {
  400: errorBodySchema,
  401: errorBodySchema,
  403: errorBodySchema,
  404: errorBodySchema,
};

/** The routes of restore tests.
 * @public
 */
export const restoreTestRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/entities/{kind}/{namespace}/{name}/restore-tests',
    operationId: 'listRestoreTests',
    summary: 'The backups of an entity that somebody restored to try them',
    description: 'The last one first.',
    tag: 'Databases',
    parameters: { path: entityPathSchema, query: restoreTestListQuerySchema },
    responses: { 200: restoreTestListSchema, ...errors },
    permission: healthReadPermission.name,
  },
  {
    method: 'post',
    path: '/v1/entities/{kind}/{namespace}/{name}/restore-tests',
    operationId: 'recordRestoreTest',
    summary: 'Records that a backup of an entity was restored',
    description:
      'By a signed-in person, who is recorded with it. The checklist of backups follows at once.',
    tag: 'Databases',
    parameters: { path: entityPathSchema },
    requestBody: newRestoreTestSchema,
    responses: { 201: restoreTestSchema, ...errors },
    isIdempotent: true,
    permission: healthRefreshPermission.name,
  },
];
