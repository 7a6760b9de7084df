import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  calendarFeedPathSchema,
  calendarFeedsQuerySchema,
  newCalendarFeedSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { createHash } from 'node:crypto';
import { audited } from '../../http/audited';
import { parseRequest } from '../../http/parseRequest';
import { CalendarFeedService } from './CalendarFeedService';
import { createCalendarLimits } from './calendarLimits';

const FEEDS = '/v1/on-call/calendar-feeds';

/** The one route that is served to callers who have not signed in. */
export const CALENDAR_PATH = '/v1/on-call/calendar/:token.ics';

/** The HTTP API of calendar feeds: parse, authorize, call, answer. */
export async function createCalendarFeedRouter(options: {
  feeds: CalendarFeedService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}): Promise<express.Router> {
  const { feeds, httpAuth, auditor } = options;
  const router = Router();
  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.get(FEEDS, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(calendarFeedsQuerySchema, request.query);
    response.json({ items: await feeds.list(query, credentials) });
  });

  // Answers to an `Idempotency-Key` are kept, and this one holds a secret.
  router.post(
    FEEDS,
    express.json({ limit: '10kb' }),
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const asked = parseRequest(newCalendarFeedSchema, request.body ?? {});
      const feed = await audited(
        auditor,
        {
          eventId: 'on-call-calendar-feed-create',
          request,
          meta: { schedule: asked.schedule },
        },
        () => feeds.create(asked, credentials),
        ({ id }) => ({ id }),
      );
      response.status(201).set('Cache-Control', 'no-store').json(feed);
    },
  );

  router.delete(`${FEEDS}/:id`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const { id } = parseRequest(calendarFeedPathSchema, request.params);
    await audited(
      auditor,
      { eventId: 'on-call-calendar-feed-revoke', request, meta: { id } },
      () => feeds.revoke(id, credentials),
    );
    response.status(204).end();
  });

  router.get(
    CALENDAR_PATH,
    hideToken,
    ...createCalendarLimits(),
    async (request, response) => {
      const calendar = await feeds.calendar(request.params.token);
      if (calendar === undefined) {
        response.status(404).type('text/plain').send('Not found');
        return;
      }
      response
        .type('text/calendar')
        .set('Cache-Control', 'private, no-cache')
        .set('Content-Disposition', 'inline; filename="on-call.ics"')
        .set('ETag', `"${etagOf(calendar)}"`)
        // Answers 304 where the caller has it.
        .send(calendar);
    },
  );

  return router;
}

/** The portal writes the URL of each request to its log, and here that is all it takes to read a feed. */
function hideToken(
  request: express.Request,
  _response: express.Response,
  next: express.NextFunction,
) {
  request.originalUrl = `${request.baseUrl}/v1/on-call/calendar/(secret).ics`;
  next();
}

function etagOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
