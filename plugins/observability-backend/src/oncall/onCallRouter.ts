import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  fairnessQuerySchema,
  newOverrideSchema,
  newSwapSchema,
  onCallAtQuerySchema,
  onCallQuerySchema,
  overridePathSchema,
  scheduleEditSchema,
  schedulePathSchema,
  schedulePreviewRequestSchema,
  scheduleSchema,
  shiftsQuerySchema,
  swapPathSchema,
  swapTakeSchema,
  userShiftsQuerySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { userRefOf } from '../access/callerRef';
import { audited } from '../http/audited';
import { parseRequest } from '../http/parseRequest';
import { readEntityRef } from '../http/readEntityRef';
import { fairnessCsv } from './fairnessCsv';
import { OnCallChanges } from './OnCallChanges';
import { OnCallService } from './OnCallService';
import { ScheduleEditor } from './ScheduleEditor';

const SCHEDULES = '/v1/on-call/schedules';
const SCHEDULE = `${SCHEDULES}/:name`;

/** The HTTP API of on-call schedules: parse, authorize, call, answer. */
export async function createOnCallRouter(options: {
  onCall: OnCallService;
  editor: ScheduleEditor;
  changes: OnCallChanges;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<express.Router> {
  const { onCall, editor, changes, httpAuth, auditor, writeHandlers } = options;
  const router = Router();
  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });
  const nameOf = (request: express.Request) =>
    parseRequest(schedulePathSchema, request.params).name;

  /** Writes down who did what, and whether it worked. */
  async function auditedCall<T>(
    request: express.Request,
    eventId: string,
    meta: Record<string, string | undefined>,
    run: (credentials: BackstageCredentials) => Promise<T>,
  ): Promise<T> {
    const credentials = await credentialsOf(request);
    return audited(auditor, { eventId, request, meta }, () => run(credentials));
  }

  router.get('/v1/on-call', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(onCallQuerySchema, request.query);
    const items = await onCall.list(
      { ...query, entityRef: readEntityRef(query.entityRef) },
      credentials,
    );
    response.json({ items });
  });

  router.get('/v1/on-call/shifts', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(userShiftsQuerySchema, request.query);
    const user = query.user ?? userRefOf(credentials);
    if (user === undefined) {
      throw new InputError('"user": name the person whose shifts you want');
    }
    const items = await onCall.userShifts({ ...query, user }, credentials);
    response.json({ items });
  });

  router.get(SCHEDULES, async (request, response) => {
    response.json(await onCall.schedules(await credentialsOf(request)));
  });

  router.post(
    `${SCHEDULES}/preview`,
    express.json({ limit: '1mb' }),
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const preview = parseRequest(
        schedulePreviewRequestSchema,
        request.body ?? {},
      );
      response.json(await onCall.preview(preview, credentials));
    },
  );

  router.post(SCHEDULES, ...writeHandlers, async (request, response) => {
    const definition = parseRequest(scheduleSchema, request.body ?? {});
    const { name } = definition;
    const answer = await auditedCall(
      request,
      'on-call-schedule-create',
      { schedule: name },
      async credentials => {
        await editor.create(definition, credentials);
        return onCall.schedule(name, credentials);
      },
    );
    response.status(201).json(answer);
  });

  router.get(SCHEDULE, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await onCall.schedule(nameOf(request), credentials));
  });

  router.put(SCHEDULE, ...writeHandlers, async (request, response) => {
    const name = nameOf(request);
    const edit = parseRequest(scheduleEditSchema, request.body ?? {});
    const answer = await auditedCall(
      request,
      'on-call-schedule-edit',
      { schedule: name },
      async credentials => {
        await editor.edit(name, edit, credentials);
        return onCall.schedule(name, credentials);
      },
    );
    response.json(answer);
  });

  router.delete(SCHEDULE, ...writeHandlers, async (request, response) => {
    const name = nameOf(request);
    await auditedCall(
      request,
      'on-call-schedule-delete',
      { schedule: name },
      credentials => editor.delete(name, credentials),
    );
    response.status(204).end();
  });

  router.get(`${SCHEDULE}/now`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(onCallAtQuerySchema, request.query);
    const items = await onCall.now(nameOf(request), query, credentials);
    response.json({ items });
  });

  router.get(`${SCHEDULE}/shifts`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(shiftsQuerySchema, request.query);
    response.json(await onCall.shifts(nameOf(request), query, credentials));
  });

  router.get(`${SCHEDULE}/fairness`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(fairnessQuerySchema, request.query);
    const name = nameOf(request);
    const report = await onCall.fairness(name, query, credentials);
    if (query.format === 'csv') {
      response
        .type('text/csv')
        .attachment(`on-call-${name}.csv`)
        .send(fairnessCsv(report));
      return;
    }
    response.json(report);
  });

  router.post(
    `${SCHEDULE}/overrides`,
    ...writeHandlers,
    async (request, response) => {
      const name = nameOf(request);
      const change = parseRequest(newOverrideSchema, request.body ?? {});
      const override = await auditedCall(
        request,
        'on-call-override-create',
        { schedule: name, add: change.add, remove: change.remove },
        credentials => changes.override(name, change, credentials),
      );
      response.status(201).json(override);
    },
  );

  router.delete(
    `${SCHEDULE}/overrides/:id`,
    ...writeHandlers,
    async (request, response) => {
      const { name, id } = parseRequest(overridePathSchema, request.params);
      await auditedCall(
        request,
        'on-call-override-delete',
        { schedule: name, id },
        credentials => changes.endOverride(name, id, credentials),
      );
      response.status(204).end();
    },
  );

  router.post(
    `${SCHEDULE}/swaps`,
    ...writeHandlers,
    async (request, response) => {
      const name = nameOf(request);
      const asked = parseRequest(newSwapSchema, request.body ?? {});
      const swap = await auditedCall(
        request,
        'on-call-swap-create',
        { schedule: name, from: asked.from, to: asked.to },
        credentials => changes.ask(name, asked, credentials),
      );
      response.status(201).json(swap);
    },
  );

  router.post(
    '/v1/on-call/swaps/:id/take',
    ...writeHandlers,
    async (request, response) => {
      const { id } = parseRequest(swapPathSchema, request.params);
      const take = parseRequest(swapTakeSchema, request.body ?? {});
      response.json(
        await auditedCall(
          request,
          'on-call-swap-take',
          { id, to: take.to },
          credentials => changes.take(id, take, credentials),
        ),
      );
    },
  );

  router.post(
    '/v1/on-call/swaps/:id/cancel',
    ...writeHandlers,
    async (request, response) => {
      const { id } = parseRequest(swapPathSchema, request.params);
      response.json(
        await auditedCall(request, 'on-call-swap-cancel', { id }, credentials =>
          changes.cancel(id, credentials),
        ),
      );
    },
  );

  return router;
}
