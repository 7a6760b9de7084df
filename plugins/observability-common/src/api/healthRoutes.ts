import { z } from 'zod/v4';
import {
  entityHealthListSchema,
  entityReportSchema,
  instantSchema,
  resolutionSchema,
  seriesSchema,
} from '../model';
import { healthReadPermission, healthRefreshPermission } from '../permissions';
import { statusSchema } from '../status';
import { ApiRoute } from './ApiRoute';
import { errorBodySchema } from './errorBody';
import { listParameter } from './queryParameters';
import { listErrors } from './routeErrors';

const entityNamePart = z.string().min(1).max(63);

/** The entity of a route.
 * @public
 */
export const entityPathSchema = z.object({
  kind: entityNamePart.describe('Kind of the entity, such as `component`'),
  namespace: entityNamePart.describe('Namespace of the entity'),
  name: entityNamePart.describe('Name of the entity'),
});
/** See {@link entityPathSchema}.
 * @public
 */
export type EntityPath = z.infer<typeof entityPathSchema>;

/** What the list of all services can be narrowed by.
 * @public
 */
export const entityHealthListQuerySchema = z.object({
  status: listParameter(
    z.enum([...statusSchema.options, 'unconfigured']),
  ).describe(
    'Only these; `unconfigured` are services that no source is named for',
  ),
  owner: listParameter(z.string().max(300)).describe('References of owners'),
  system: listParameter(z.string().max(300)).describe('References of systems'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words in the name, the title, the tags or the reasons'),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z
    .string()
    .max(2000)
    .optional()
    .describe('`nextCursor` or `previousCursor` of another page, as it is'),
});
/** See {@link entityHealthListQuerySchema}.
 * @public
 */
export type EntityHealthListQuery = z.infer<typeof entityHealthListQuerySchema>;

/** Which series of an entity are read.
 * @public
 */
export const seriesQuerySchema = z.object({
  metric: z
    .string()
    .min(1)
    .max(100)
    .describe('Id of the metric, such as `performance.p95Ms`'),
  signal: z
    .string()
    .max(1000)
    .optional()
    .describe('Id of one signal; else all that measure the metric'),
  subject: z
    .string()
    .max(500)
    .optional()
    .describe('What it was measured on, such as one monitor; else each'),
  from: instantSchema.optional().describe('First instant'),
  to: instantSchema.optional().describe('Last instant; else now'),
  resolution: resolutionSchema.default('hour'),
});
/** See {@link seriesQuerySchema}.
 * @public
 */
export type SeriesQuery = z.infer<typeof seriesQuerySchema>;

/** The series that a request finds: one for each signal and subject.
 * @public
 */
export const seriesListSchema = z.array(seriesSchema);

/** What asking the sources at once came to.
 * @public
 */
export const refreshAnswerSchema = z.object({
  requestedAt: instantSchema,
  /** Somebody had asked less than 30 seconds before, so nothing was asked now. */
  alreadyRequested: z.boolean(),
});
/** See {@link refreshAnswerSchema}.
 * @public
 */
export type RefreshAnswer = z.infer<typeof refreshAnswerSchema>;

/** The routes of health.
 * @public
 */
export const healthRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/entities',
    operationId: 'listEntityHealth',
    summary: 'How services are, worst first, then longest',
    description:
      'Components, APIs and resources that the caller may read. Totals and facets count those alone.',
    tag: 'Health',
    parameters: { query: entityHealthListQuerySchema },
    responses: { 200: entityHealthListSchema, ...listErrors },
    permission: healthReadPermission.name,
  },
  {
    method: 'get',
    path: '/v1/entities/{kind}/{namespace}/{name}/report',
    operationId: 'getEntityReport',
    summary: 'All that the pages of an entity show',
    description:
      'The answer carries an `ETag`; asked again with `If-None-Match`, an unchanged report is answered with 304. A source that fails is told as `problem` of its signal, never as an error of this route.',
    tag: 'Health',
    parameters: { path: entityPathSchema },
    responses: {
      200: entityReportSchema,
      304: null,
      ...listErrors,
      404: errorBodySchema,
    },
    permission: healthReadPermission.name,
  },
  {
    method: 'get',
    path: '/v1/entities/{kind}/{namespace}/{name}/series',
    operationId: 'getEntitySeries',
    summary: 'How a metric of an entity went',
    description:
      'At most 400 days at once. Hours and days are in UTC, and an answer by the day holds whole days. Percentiles are there where all samples were.',
    tag: 'Health',
    parameters: { path: entityPathSchema, query: seriesQuerySchema },
    responses: { 200: seriesListSchema, ...listErrors, 404: errorBodySchema },
    permission: healthReadPermission.name,
  },
  {
    method: 'post',
    path: '/v1/entities/{kind}/{namespace}/{name}/refresh',
    operationId: 'refreshEntity',
    summary: 'Asks the sources of an entity now',
    description:
      'At most once in 30 seconds an entity, whoever asks. The newer report follows by itself.',
    tag: 'Health',
    parameters: { path: entityPathSchema },
    responses: {
      202: refreshAnswerSchema,
      ...listErrors,
      404: errorBodySchema,
    },
    isIdempotent: true,
    permission: healthRefreshPermission.name,
  },
];

/** The route of the document that describes the others.
 * @public
 */
export const openApiRoute: ApiRoute = {
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenApiDocument',
  summary: 'This document',
  tag: 'About',
  responses: {
    200: z.record(z.string(), z.unknown()),
    401: errorBodySchema,
  },
};
