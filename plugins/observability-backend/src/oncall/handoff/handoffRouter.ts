import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  handoffNoteEditSchema,
  handoffSigningSchema,
  shiftChecklistEditSchema,
  shiftPathSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { audited } from '../../http/audited';
import { parseRequest } from '../../http/parseRequest';
import { ChecklistService } from './ChecklistService';
import { HandoffService } from './HandoffService';

const CHECKLIST = '/v1/on-call/shifts/:key/checklist';
const HANDOFF = '/v1/on-call/shifts/:key/handoff';

/** The HTTP API of checklists and handoff notes: parse, authorize, call, answer. */
export async function createHandoffRouter(options: {
  checklists: ChecklistService;
  handoffs: HandoffService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<express.Router> {
  const { checklists, handoffs, httpAuth, auditor, writeHandlers } = options;
  const router = Router();
  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });
  const keyOf = (request: express.Request) =>
    parseRequest(shiftPathSchema, request.params).key;

  /** Writes down who did what, and whether it worked. */
  async function auditedCall<T, C extends BackstageCredentials>(
    request: express.Request,
    eventId: string,
    credentials: C,
    run: (credentials: C) => Promise<T>,
  ): Promise<T> {
    const meta = { shift: keyOf(request) };
    return audited(auditor, { eventId, request, meta }, () => run(credentials));
  }

  router.get(CHECKLIST, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await checklists.read(keyOf(request), credentials));
  });

  router.put(CHECKLIST, ...writeHandlers, async (request, response) => {
    const edit = parseRequest(shiftChecklistEditSchema, request.body ?? {});
    response.json(
      await auditedCall(
        request,
        'on-call-checklist-edit',
        await credentialsOf(request),
        credentials => checklists.edit(keyOf(request), edit, credentials),
      ),
    );
  });

  router.get(HANDOFF, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await handoffs.read(keyOf(request), credentials));
  });

  router.put(HANDOFF, ...writeHandlers, async (request, response) => {
    const edit = parseRequest(handoffNoteEditSchema, request.body ?? {});
    response.json(
      await auditedCall(
        request,
        'on-call-handoff-edit',
        await credentialsOf(request),
        credentials => handoffs.edit(keyOf(request), edit, credentials),
      ),
    );
  });

  router.post(
    `${HANDOFF}/sign`,
    ...writeHandlers,
    async (request, response) => {
      const signing = parseRequest(handoffSigningSchema, request.body ?? {});
      // It is a person who signs.
      const user = await httpAuth.credentials(request, { allow: ['user'] });
      response.json(
        await auditedCall(request, 'on-call-handoff-sign', user, credentials =>
          handoffs.sign(keyOf(request), signing, credentials),
        ),
      );
    },
  );

  return router;
}
