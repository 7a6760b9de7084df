import { z } from 'zod/v4';
import { uptimeReportSchema } from '../model';
import { healthReadPermission } from '../permissions';
import { ApiRoute } from './ApiRoute';
import { errorBodySchema } from './errorBody';
import { entityPathSchema } from './healthRoutes';

/** Which month of an entity's uptime is read, and how it is written.
 * @public
 */
export const uptimeReportQuerySchema = z.object({
  month: z
    .string()
    .regex(
      /^\d{4}-(0[1-9]|1[0-2])$/,
      'write a month of UTC as YYYY-MM, such as 2026-11',
    )
    .optional()
    .describe(
      'Month of UTC, as `YYYY-MM`: at most 400 days back and not in the future; else the current one',
    ),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe(
      '`csv`: a file with a row for each monitor and day, and one for its month',
    ),
});
/** See {@link uptimeReportQuerySchema}.
 * @public
 */
export type UptimeReportQuery = z.infer<typeof uptimeReportQuerySchema>;

/** The routes of uptime.
 * @public
 */
export const uptimeRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/entities/{kind}/{namespace}/{name}/uptime-report',
    operationId: 'getUptimeReport',
    summary: "The uptime of an entity's monitors in a month",
    description:
      'Time-weighted; maintenance, pauses and what is unknown count neither as up nor as down. Of the current month, up to now.',
    tag: 'Uptime',
    parameters: { path: entityPathSchema, query: uptimeReportQuerySchema },
    responses: {
      200: uptimeReportSchema,
      400: errorBodySchema,
      401: errorBodySchema,
      403: errorBodySchema,
      404: errorBodySchema,
    },
    otherMediaTypes: ['text/csv'],
    permission: healthReadPermission.name,
  },
];
