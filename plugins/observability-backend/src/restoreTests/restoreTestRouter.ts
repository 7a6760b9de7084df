import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  newRestoreTestSchema,
  restoreTestListQuerySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { parseEntityPath } from '../health/healthRequests';
import { audited } from '../http/audited';
import { parseRequest } from '../http/parseRequest';
import { RestoreTestService } from './RestoreTestService';

const PATH = '/v1/entities/:kind/:namespace/:name/restore-tests';

/** The HTTP API of restore tests: parse, authorize, call, answer. */
export async function createRestoreTestRouter(options: {
  restoreTests: RestoreTestService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<express.Router> {
  const { restoreTests, httpAuth, auditor, writeHandlers } = options;
  const router = Router();

  router.get(PATH, async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const entityRef = parseEntityPath(request.params);
    const query = parseRequest(restoreTestListQuerySchema, request.query);
    response.json(
      await restoreTests.list({ entityRef, ...query }, credentials),
    );
  });

  router.post(PATH, ...writeHandlers, async (request, response) => {
    // It is a person who vouches for it.
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const entityRef = parseEntityPath(request.params);
    const restore = parseRequest(newRestoreTestSchema, request.body ?? {});
    const test = await audited(
      auditor,
      {
        eventId: 'restore-test-record',
        request,
        meta: { entityRef, result: restore.result },
      },
      () => restoreTests.record(entityRef, restore, credentials),
      ({ id }) => ({ id }),
    );
    response.status(201).json(test);
  });

  return router;
}
