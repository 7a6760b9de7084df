import { z } from 'zod/v4';
import { onCallReadPermission } from '../permissions';
import { ApiRoute } from './ApiRoute';
import { errorBodySchema } from './errorBody';
import { listErrors } from './routeErrors';

const TAG = 'On-call';
const MAX_LABEL_LENGTH = 100;

/** Schema of {@link CalendarFeed}.
 * @public
 */
export const calendarFeedSchema = z.object({
  id: z.string(),
  /** Without it, it holds the shifts of its owner in every schedule. */
  schedule: z.string().optional(),
  /** What its owner calls it, such as the device that reads it. */
  label: z.string(),
  /** Reference of the user who made it. */
  owner: z.string(),
  createdAt: z.string(),
  /** The last day on which a calendar asked for it, `YYYY-MM-DD` in UTC. */
  lastUsedOn: z.string().optional(),
});
/** A link by which a calendar follows shifts. What it holds of the link's secret is no way back to it.
 * @public
 */
export type CalendarFeed = z.infer<typeof calendarFeedSchema>;

/** Schema of {@link CalendarFeedList}.
 * @public
 */
export const calendarFeedListSchema = z.object({
  items: z.array(calendarFeedSchema),
});
/** The feeds that are not revoked, the newest first.
 * @public
 */
export type CalendarFeedList = z.infer<typeof calendarFeedListSchema>;

/** Schema of {@link NewCalendarFeed}.
 * @public
 */
export const newCalendarFeedSchema = z.object({
  /** Without it, the feed holds the caller's own shifts in every schedule. */
  schedule: z.string().min(1).max(63).optional(),
  label: z.string().trim().max(MAX_LABEL_LENGTH).optional(),
});
/** A feed to make.
 * @public
 */
export type NewCalendarFeed = z.infer<typeof newCalendarFeedSchema>;

/** Schema of {@link CreatedCalendarFeed}.
 * @public
 */
export const createdCalendarFeedSchema = calendarFeedSchema.extend({
  /** The link, with its secret: it is told this once. */
  url: z.string(),
});
/** A feed that was just made, with its link.
 * @public
 */
export type CreatedCalendarFeed = z.infer<typeof createdCalendarFeedSchema>;

/** Which feeds are asked for.
 * @public
 */
export const calendarFeedsQuerySchema = z.object({
  schedule: z
    .string()
    .max(63)
    .optional()
    .describe(
      'Only those of this schedule; whoever manages schedules sees those of others too',
    ),
});
/** See {@link calendarFeedsQuerySchema}.
 * @public
 */
export type CalendarFeedsQuery = z.infer<typeof calendarFeedsQuerySchema>;

/** The feed of a route.
 * @public
 */
export const calendarFeedPathSchema = z.object({
  id: z.string().min(1).max(36).describe('Id of the feed'),
});

/** The secret of a feed's link.
 * @public
 */
export const calendarTokenPathSchema = z.object({
  token: z.string().max(512).describe('Secret of the feed'),
});

const FEEDS = '/v1/on-call/calendar-feeds';

/** The routes by which calendars follow on-call shifts.
 * @public
 */
export const onCallFeedRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: FEEDS,
    operationId: 'listCalendarFeeds',
    summary: "The caller's calendar feeds, or those of a schedule",
    description: 'Never with their links, which are told once.',
    tag: TAG,
    parameters: { query: calendarFeedsQuerySchema },
    responses: { 200: calendarFeedListSchema, ...listErrors },
    permission: onCallReadPermission.name,
  },
  {
    method: 'post',
    path: FEEDS,
    operationId: 'createCalendarFeed',
    summary: 'Makes a link by which a calendar follows shifts',
    description:
      'The answer alone holds the link: it is not kept, so an `Idempotency-Key` has no effect here.',
    tag: TAG,
    requestBody: newCalendarFeedSchema,
    responses: {
      201: createdCalendarFeedSchema,
      ...listErrors,
      404: errorBodySchema,
      409: errorBodySchema,
    },
    permission: onCallReadPermission.name,
  },
  {
    method: 'delete',
    path: `${FEEDS}/{id}`,
    operationId: 'revokeCalendarFeed',
    summary: 'Revokes a calendar feed',
    description:
      'It is an empty calendar for 30 days, so that calendars drop what they hold, and then not there. Whoever manages schedules may revoke the feeds that others have of one.',
    tag: TAG,
    parameters: { path: calendarFeedPathSchema },
    responses: { 204: null, ...listErrors, 404: errorBodySchema },
    permission: onCallReadPermission.name,
  },
  {
    method: 'get',
    path: '/v1/on-call/calendar/{token}.ics',
    operationId: 'getCalendar',
    summary: 'The shifts of a feed, as a calendar (RFC 5545)',
    description:
      'For calendars, which cannot sign in: the secret in the link is all it takes. From 15 days ago to 180 days ahead.',
    tag: TAG,
    parameters: { path: calendarTokenPathSchema },
    responses: { 200: null, 304: null, 404: null, 429: null },
    otherMediaTypes: ['text/calendar'],
    isPublic: true,
  },
];
