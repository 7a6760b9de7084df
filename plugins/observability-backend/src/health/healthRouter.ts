import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { createHash } from 'node:crypto';
import { HealthService } from './HealthService';
import {
  parseEntityPath,
  parseListQuery,
  parseSeriesQuery,
} from './healthRequests';

/** The HTTP API of health: parse, authorize, call, answer. */
export async function createHealthRouter(options: {
  health: HealthService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<express.Router> {
  const { health, httpAuth, auditor, writeHandlers } = options;
  const router = Router();
  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.get('/v1/entities', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseListQuery(request.query);
    response.json(await health.list(query, credentials));
  });

  router.get(
    '/v1/entities/:kind/:namespace/:name/report',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const entityRef = parseEntityPath(request.params);
      const report = await health.report(entityRef, credentials);
      // Over all but the instant of the answer, so that a page which asks again
      // and finds nothing new is told just that.
      const { generatedAt, ...content } = report;
      const text = JSON.stringify(content);
      response.set({
        ETag: etagOf(text),
        'Cache-Control': 'private, no-cache',
      });
      if (request.fresh) {
        response.status(304).end();
        return;
      }
      response
        .type('json')
        .send(`{"generatedAt":${JSON.stringify(generatedAt)},${text.slice(1)}`);
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/series',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const entityRef = parseEntityPath(request.params);
      const query = parseSeriesQuery(request.query, new Date());
      response.json(await health.series({ entityRef, ...query }, credentials));
    },
  );

  router.post(
    '/v1/entities/:kind/:namespace/:name/refresh',
    ...writeHandlers,
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const entityRef = parseEntityPath(request.params);
      const event = await auditor.createEvent({
        eventId: 'health-refresh',
        request,
        severityLevel: 'low',
        meta: { entityRef },
      });
      try {
        const answer = await health.refresh(entityRef, credentials);
        await event.success({
          meta: { alreadyRequested: answer.alreadyRequested },
        });
        response.status(202).json(answer);
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
    },
  );

  return router;
}

function etagOf(text: string): string {
  return `W/"${createHash('sha1').update(text).digest('base64url')}"`;
}
