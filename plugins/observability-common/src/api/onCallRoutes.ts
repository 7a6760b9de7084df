import { z } from 'zod/v4';
import {
  instantSchema,
  overrideSchema,
  scheduleSchema,
  swapSchema,
  userRefSchema,
} from '../model';
import {
  onCallManagePermission,
  onCallOverridePermission,
  onCallReadPermission,
} from '../permissions';
import { ApiRoute } from './ApiRoute';
import { errorBodySchema } from './errorBody';
import {
  fairnessReportSchema,
  newOverrideSchema,
  newSwapSchema,
  onCallListSchema,
  scheduleDetailsSchema,
  scheduleEditSchema,
  scheduleListSchema,
  schedulePreviewRequestSchema,
  schedulePreviewSchema,
  scheduleTimelineSchema,
  swapTakeSchema,
  userShiftListSchema,
} from './onCallMessages';
import { errors, listErrors, writeErrors } from './routeErrors';

const TAG = 'On-call';

/** The schedule of a route.
 * @public
 */
export const schedulePathSchema = z.object({
  name: z.string().min(1).max(63).describe('Name of the schedule'),
});

/** The override of a route.
 * @public
 */
export const overridePathSchema = schedulePathSchema.extend({
  id: z.string().min(1).max(36).describe('Id of the override'),
});

/** The swap of a route.
 * @public
 */
export const swapPathSchema = z.object({
  id: z.string().min(1).max(36).describe('Id of the swap'),
});

/** At which instant.
 * @public
 */
export const onCallAtQuerySchema = z.object({
  at: instantSchema.optional().describe('Instant; else now'),
});

/** Whose watch is asked for.
 * @public
 */
export const onCallQuerySchema = onCallAtQuerySchema.extend({
  entityRef: z
    .string()
    .max(512)
    .optional()
    .describe('Only the schedules that answer for this entity'),
  user: userRefSchema
    .optional()
    .describe('Only where this user has the watch or is next'),
});
/** See {@link onCallQuerySchema}.
 * @public
 */
export type OnCallQuery = z.infer<typeof onCallQuerySchema>;

/** Whose coming shifts are asked for.
 * @public
 */
export const userShiftsQuerySchema = z.object({
  user: userRefSchema.optional().describe('Else the caller'),
  limit: z.coerce.number().int().min(1).max(50).default(5),
});
/** See {@link userShiftsQuerySchema}.
 * @public
 */
export type UserShiftsQuery = z.infer<typeof userShiftsQuerySchema>;

/** Which stretch of a schedule is asked for.
 * @public
 */
export const shiftsQuerySchema = z.object({
  from: instantSchema.describe('First instant'),
  to: instantSchema.describe('First instant after it; at most 400 days later'),
  level: z.string().max(63).optional().describe('Only this level'),
});
/** See {@link shiftsQuerySchema}.
 * @public
 */
export type ShiftsQuery = z.infer<typeof shiftsQuerySchema>;

/** Which time is summed up, and how it is written.
 * @public
 */
export const fairnessQuerySchema = shiftsQuerySchema
  .omit({ level: true })
  .extend({
    format: z
      .enum(['json', 'csv'])
      .default('json')
      .describe('`csv`: a file with a row for each person'),
  });
/** See {@link fairnessQuerySchema}.
 * @public
 */
export type FairnessQuery = z.infer<typeof fairnessQuerySchema>;

const SCHEDULES = '/v1/on-call/schedules';
const SCHEDULE = `${SCHEDULES}/{name}`;

/** The routes of on-call schedules.
 * @public
 */
export const onCallRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/v1/on-call',
    operationId: 'listOnCall',
    summary: 'Who has the watch, in every schedule',
    description: 'A row for each level, in the order of escalation.',
    tag: TAG,
    parameters: { query: onCallQuerySchema },
    responses: { 200: onCallListSchema, ...errors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'get',
    path: '/v1/on-call/shifts',
    operationId: 'listUserShifts',
    summary: 'The coming shifts of a person, in every schedule',
    description: 'The one that is running, then the next ones, of 400 days.',
    tag: TAG,
    parameters: { query: userShiftsQuerySchema },
    responses: { 200: userShiftListSchema, ...listErrors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'get',
    path: SCHEDULES,
    operationId: 'listSchedules',
    summary: 'All schedules, and definitions that cannot be used',
    tag: TAG,
    responses: { 200: scheduleListSchema, ...listErrors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'post',
    path: SCHEDULES,
    operationId: 'createSchedule',
    summary: 'Creates a schedule, in force at once',
    description:
      'A name is never used twice, also not that of a schedule that was deleted.',
    tag: TAG,
    requestBody: scheduleSchema,
    responses: {
      201: scheduleDetailsSchema,
      ...listErrors,
      409: errorBodySchema,
    },
    isIdempotent: true,
    permission: onCallManagePermission.name,
  },
  {
    method: 'post',
    path: `${SCHEDULES}/preview`,
    operationId: 'previewSchedule',
    summary: 'What a definition would mean, without saving it',
    description:
      'With what it changes against the saved schedule of that name. People whom the catalog does not know are a warning.',
    tag: TAG,
    requestBody: schedulePreviewRequestSchema,
    responses: { 200: schedulePreviewSchema, ...listErrors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'get',
    path: SCHEDULE,
    operationId: 'getSchedule',
    summary: 'A schedule with all that is coming',
    tag: TAG,
    parameters: { path: schedulePathSchema },
    responses: { 200: scheduleDetailsSchema, ...errors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'put',
    path: SCHEDULE,
    operationId: 'editSchedule',
    summary: 'Gives a schedule a new definition',
    description:
      'From the next handoff on, unless `effectiveFrom` says another time that is to come. The past stays as it was.',
    tag: TAG,
    parameters: { path: schedulePathSchema },
    requestBody: scheduleEditSchema,
    responses: { 200: scheduleDetailsSchema, ...writeErrors },
    isIdempotent: true,
    permission: onCallManagePermission.name,
  },
  {
    method: 'delete',
    path: SCHEDULE,
    operationId: 'deleteSchedule',
    summary: 'Ends a schedule now',
    description: 'Its past stays; its name is not used again.',
    tag: TAG,
    parameters: { path: schedulePathSchema },
    responses: { 204: null, ...writeErrors },
    isIdempotent: true,
    permission: onCallManagePermission.name,
  },
  {
    method: 'get',
    path: `${SCHEDULE}/now`,
    operationId: 'getScheduleNow',
    summary: 'Who has the watch in a schedule, a row for each level',
    tag: TAG,
    parameters: { path: schedulePathSchema, query: onCallAtQuerySchema },
    responses: { 200: onCallListSchema, ...errors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'get',
    path: `${SCHEDULE}/shifts`,
    operationId: 'listScheduleShifts',
    summary: 'The shifts of a schedule, past and to come, with its gaps',
    tag: TAG,
    parameters: { path: schedulePathSchema, query: shiftsQuerySchema },
    responses: { 200: scheduleTimelineSchema, ...errors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'get',
    path: `${SCHEDULE}/fairness`,
    operationId: 'getScheduleFairness',
    summary: 'What a schedule asked of each person over a time',
    tag: TAG,
    parameters: { path: schedulePathSchema, query: fairnessQuerySchema },
    responses: { 200: fairnessReportSchema, ...errors },
    otherMediaTypes: ['text/csv'],
    permission: onCallReadPermission.name,
  },
  {
    method: 'post',
    path: `${SCHEDULE}/overrides`,
    operationId: 'createOverride',
    summary: 'Says who has the watch instead, for a time that is to come',
    description:
      'One may add oneself or be the one who leaves; whoever manages schedules may change the shifts of others.',
    tag: TAG,
    parameters: { path: schedulePathSchema },
    requestBody: newOverrideSchema,
    responses: { 201: overrideSchema, ...errors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
  {
    method: 'delete',
    path: `${SCHEDULE}/overrides/{id}`,
    operationId: 'deleteOverride',
    summary: 'Takes an override back; one that is running ends now',
    tag: TAG,
    parameters: { path: overridePathSchema },
    responses: { 204: null, ...writeErrors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
  {
    method: 'post',
    path: `${SCHEDULE}/swaps`,
    operationId: 'createSwap',
    summary: 'Asks for cover of a shift, or of a part of one',
    description: 'Nothing changes until somebody takes it.',
    tag: TAG,
    parameters: { path: schedulePathSchema },
    requestBody: newSwapSchema,
    responses: { 201: swapSchema, ...errors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
  {
    method: 'post',
    path: '/v1/on-call/swaps/{id}/take',
    operationId: 'takeSwap',
    summary: 'Takes a shift for which somebody asks for cover',
    tag: TAG,
    parameters: { path: swapPathSchema },
    requestBody: swapTakeSchema,
    responses: { 200: swapSchema, ...writeErrors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
  {
    method: 'post',
    path: '/v1/on-call/swaps/{id}/cancel',
    operationId: 'cancelSwap',
    summary: 'Asks for cover no longer',
    description: 'One that is taken can be cancelled until it begins.',
    tag: TAG,
    parameters: { path: swapPathSchema },
    responses: { 200: swapSchema, ...writeErrors },
    isIdempotent: true,
    permission: onCallOverridePermission.name,
  },
];
