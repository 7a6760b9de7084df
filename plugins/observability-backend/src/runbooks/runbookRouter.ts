import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  coverageQuerySchema,
  newRunbookRunSchema,
  runbookImageQuerySchema,
  runbookListQuerySchema,
  runbookPathSchema,
  runbookQuerySchema,
  runbookRunEndSchema,
  runbookRunListQuerySchema,
  runbookRunPathSchema,
  runbookRunStepPathSchema,
  runbookStepEditSchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { audited } from '../http/audited';
import { parseRequest } from '../http/parseRequest';
import { CoverageService } from './coverage/CoverageService';
import { readEntityRef } from '../http/readEntityRef';
import { RunbookImages } from './RunbookImages';
import { RunbookService } from './RunbookService';
import { RunbookRuns } from './runs/RunbookRuns';

const RUNBOOK = '/v1/runbooks/:id';
const RUN = '/v1/runbook-runs/:id';

/** The HTTP API of runbooks: parse, authorize, call, answer. */
export async function createRunbookRouter(options: {
  runbooks: RunbookService;
  runs: RunbookRuns;
  coverage: CoverageService;
  images: RunbookImages;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** What stands before the handlers of writes. */
  writeHandlers: express.RequestHandler[];
}): Promise<express.Router> {
  const { runbooks, runs, coverage, images, httpAuth, auditor } = options;
  const { writeHandlers } = options;
  const router = Router();
  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });
  const idOf = (request: express.Request) =>
    parseRequest(runbookPathSchema, request.params).id;
  const runIdOf = (request: express.Request) =>
    parseRequest(runbookRunPathSchema, request.params).id;

  /** Writes down who did what, and whether it worked. */
  async function auditedCall<T>(
    request: express.Request,
    eventId: string,
    meta: Record<string, string | number | undefined>,
    run: (credentials: BackstageCredentials) => Promise<T>,
  ): Promise<T> {
    const credentials = await credentialsOf(request);
    return audited(auditor, { eventId, request, meta }, () => run(credentials));
  }

  router.get('/v1/runbooks', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(runbookListQuerySchema, request.query);
    response.json(await runbooks.list(withEntityRef(query), credentials));
  });

  router.get('/v1/runbooks/coverage', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(coverageQuerySchema, request.query);
    response.json(await coverage.report(withEntityRef(query), credentials));
  });

  router.get(RUNBOOK, async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(runbookQuerySchema, request.query);
    const id = idOf(request);
    response.json(await runbooks.get(id, withEntityRef(query), credentials));
  });

  router.get(`${RUNBOOK}/images`, async (request, response) => {
    const credentials = await credentialsOf(request);
    const id = idOf(request);
    const { path } = parseRequest(runbookImageQuerySchema, request.query);
    const image = await images.read(id, path, credentials);
    response
      .type(image.mediaType)
      .set({
        'Content-Disposition': `inline; filename="image.${image.extension}"`,
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cache-Control': 'private, max-age=300',
      })
      .send(image.content);
  });

  router.post(
    `${RUNBOOK}/runs`,
    ...writeHandlers,
    async (request, response) => {
      const id = idOf(request);
      const run = withEntityRef(
        parseRequest(newRunbookRunSchema, request.body ?? {}),
      );
      const answer = await auditedCall(
        request,
        'runbook-run-start',
        { runbook: id, entityRef: run.entityRef },
        credentials => runs.start(id, run, credentials),
      );
      response.status(201).json(answer);
    },
  );

  router.get('/v1/runbook-runs', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseRequest(runbookRunListQuerySchema, request.query);
    response.json(await runs.list(withEntityRef(query), credentials));
  });

  router.get(RUN, async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await runs.get(runIdOf(request), credentials));
  });

  router.patch(
    `${RUN}/steps/:index`,
    ...writeHandlers,
    async (request, response) => {
      const { id, index } = parseRequest(
        runbookRunStepPathSchema,
        request.params,
      );
      const edit = parseRequest(runbookStepEditSchema, request.body ?? {});
      const answer = await auditedCall(
        request,
        'runbook-run-step',
        { run: id, step: index, state: edit.state },
        credentials => runs.setStep(id, index, edit, credentials),
      );
      response.json(answer);
    },
  );

  router.post(
    `${RUN}/take-over`,
    ...writeHandlers,
    async (request, response) => {
      const id = runIdOf(request);
      const answer = await auditedCall(
        request,
        'runbook-run-take-over',
        { run: id },
        credentials => runs.takeOver(id, credentials),
      );
      response.json(answer);
    },
  );

  router.post(`${RUN}/finish`, ...writeHandlers, async (request, response) => {
    const id = runIdOf(request);
    const end = parseRequest(runbookRunEndSchema, request.body ?? {});
    const answer = await auditedCall(
      request,
      'runbook-run-finish',
      { run: id, outcome: end.outcome },
      credentials => runs.finish(id, end, credentials),
    );
    response.json(answer);
  });

  return router;
}

function withEntityRef<T extends { entityRef?: string }>(query: T): T {
  return { ...query, entityRef: readEntityRef(query.entityRef) };
}
