import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  incidentAcknowledgementSchema,
  incidentEditSchema,
  incidentListQuerySchema,
  incidentMergeSchema,
  incidentMetricsQuerySchema,
  incidentMoveSchema,
  incidentPathSchema,
  incidentProposalQuerySchema,
  incidentRoleChangeSchema,
  incidentUpdateDraftSchema,
  incidentUpdateSchema,
  newIncidentSchema,
  newTimelineEntrySchema,
  similarIncidentsQuerySchema,
  timelineEntryPathSchema,
  timelinePinSchema,
  timelineQuerySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod/v4';
import { audited } from '../http/audited';
import { parseRequest } from '../http/parseRequest';
import { readEntityRef } from '../http/readEntityRef';
import { Incidents } from './Incidents';
import { timelineMarkdown } from './timelineMarkdown';

const INCIDENTS = '/v1/incidents';
const INCIDENT = `${INCIDENTS}/:id`;

const draftSchema = incidentUpdateDraftSchema.pick({
  text: true,
  version: true,
});

/** The HTTP API of incidents: parse, authorize, call, answer. */
export async function createIncidentRouter(options: {
  incidents: Incidents;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<express.Router> {
  const { incidents, httpAuth, auditor, writeHandlers } = options;
  const { service, declarations, changes, responders, messages } = incidents;
  const { context, similar, figures } = incidents;
  const router = Router();

  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  /** A route that writes: it is audited, whatever becomes of it. */
  function write<T extends object>(
    method: 'post' | 'put' | 'patch',
    path: string,
    schema: z.ZodType<T>,
    route: {
      eventId: string;
      status?: number;
      run: (
        body: T,
        request: express.Request,
        credentials: BackstageCredentials,
      ) => Promise<object>;
    },
  ): void {
    router[method](path, ...writeHandlers, async (request, response) => {
      const credentials = await credentialsOf(request);
      const body = parseRequest(schema, request.body ?? {});
      const { eventId, status = 200 } = route;
      const answer = await audited(
        auditor,
        { eventId, request, meta: { incident: request.params.id } },
        () => route.run(body, request, credentials),
      );
      response.status(status).json(answer);
    });
  }

  const idOf = (request: express.Request) =>
    parseRequest(incidentPathSchema, request.params).id;

  router.get(INCIDENTS, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(incidentListQuerySchema, request.query);
    response.json(await service.list(query, credentials));
  });

  router.get(`${INCIDENTS}/proposal`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(incidentProposalQuerySchema, request.query);
    response.json(
      await declarations.propose(readEntityRef(query.entityRef), credentials),
    );
  });

  router.get(`${INCIDENTS}/metrics`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(incidentMetricsQuerySchema, request.query);
    response.json(await figures.metrics(query, credentials));
  });

  router.get(`${INCIDENTS}/similar`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(similarIncidentsQuerySchema, request.query);
    const items = await similar.find(
      {
        entityRefs: query.entityRef ?? [],
        metrics: query.metric ?? [],
        trigger: query.trigger,
        text: query.q ?? '',
        limit: query.limit,
      },
      credentials,
    );
    response.json({ items });
  });

  write('post', INCIDENTS, newIncidentSchema, {
    eventId: 'incident-declare',
    status: 201,
    run: (body, _, credentials) => declarations.declare(body, credentials),
  });

  router.get(INCIDENT, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await service.get(idOf(request), credentials));
  });

  write('patch', INCIDENT, incidentEditSchema, {
    eventId: 'incident-edit',
    run: (body, request, credentials) =>
      changes.edit(idOf(request), body, credentials),
  });

  write('post', `${INCIDENT}/state`, incidentMoveSchema, {
    eventId: 'incident-move',
    run: (body, request, credentials) =>
      changes.move(idOf(request), body, credentials),
  });

  write('post', `${INCIDENT}/acknowledge`, incidentAcknowledgementSchema, {
    eventId: 'incident-acknowledge',
    run: (body, request, credentials) =>
      responders.acknowledge(idOf(request), body, credentials),
  });

  write('post', `${INCIDENT}/roles`, incidentRoleChangeSchema, {
    eventId: 'incident-role-change',
    run: (body, request, credentials) =>
      responders.changeRole(idOf(request), body, credentials),
  });

  write('post', `${INCIDENT}/merge`, incidentMergeSchema, {
    eventId: 'incident-merge',
    run: (body, request, credentials) =>
      changes.merge(idOf(request), body, credentials),
  });

  write('post', `${INCIDENT}/updates`, incidentUpdateSchema, {
    eventId: 'incident-update-publish',
    status: 201,
    run: (body, request, credentials) =>
      messages.publishUpdate(idOf(request), body, credentials),
  });

  router.get(`${INCIDENT}/updates/draft`, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await messages.updateDraft(idOf(request), credentials));
  });

  write('put', `${INCIDENT}/updates/draft`, draftSchema, {
    eventId: 'incident-update-draft',
    run: (body, request, credentials) =>
      messages.saveUpdateDraft(idOf(request), body, credentials),
  });

  router.get(`${INCIDENT}/timeline`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(timelineQuerySchema, request.query);
    if (query.format === 'json') {
      response.json(await service.timeline(idOf(request), query, credentials));
      return;
    }
    const { incident, entries } = await service.wholeTimeline(
      idOf(request),
      credentials,
    );
    response
      .attachment(`INC-${incident.number}-timeline.md`)
      .type('text/markdown')
      .send(timelineMarkdown(incident, entries));
  });

  write('post', `${INCIDENT}/timeline`, newTimelineEntrySchema, {
    eventId: 'incident-timeline-add',
    status: 201,
    run: (body, request, credentials) =>
      messages.addEntry(idOf(request), body, credentials),
  });

  write('put', `${INCIDENT}/timeline/:entryId/pin`, timelinePinSchema, {
    eventId: 'incident-timeline-pin',
    run: ({ pinned }, request, credentials) => {
      const { id, entryId } = parseRequest(
        timelineEntryPathSchema,
        request.params,
      );
      return messages.pin(id, { entryId, pinned }, credentials);
    },
  });

  router.get(`${INCIDENT}/context`, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await context.context(idOf(request), credentials));
  });

  return router;
}
