import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  observabilityPermissions,
  OpenApiDocument,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import request from 'supertest';
import { startPlugin } from '../__testUtils__/startPlugin';
import { version } from '../../package.json';

jest.setTimeout(60_000);

const path = '/api/observability/openapi.json';

const inHours = (hours: number) =>
  new Date(Date.now() + hours * 3_600_000).toISOString();

/** `GET /v1/entities`, … of everything that the plugin hands to the HTTP router. */
async function servedRoutes(): Promise<string[]> {
  const httpRouter = mockServices.httpRouter.mock();
  await startPlugin({ features: [httpRouter.factory] });
  const routes = new Set(
    httpRouter.use.mock.calls
      .flatMap(([handler]) => (handler as express.Router).stack)
      .flatMap(({ route }) =>
        route
          ? route.stack.map(
              ({ method }) =>
                `${method.toUpperCase()} ${route.path.replace(
                  /:(\w+)/g,
                  '{$1}',
                )}`,
            )
          : [],
      )
      // The portal's own services have theirs under names with a dot.
      .filter(route => !/ \/\.(backstage|well-known)\//.test(route)),
  );
  return [...routes].sort();
}

describe('the OpenAPI document', () => {
  it('names every route that is served, and no other', async () => {
    const { server } = await startPlugin();
    const { body, status } = await request(server).get(path);
    expect(status).toBe(200);
    const document: OpenApiDocument = body;
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Watchkeeper', version },
      servers: [{ url: '/api/observability' }],
    });
    const documented = Object.entries(document.paths)
      .flatMap(([route, operations]) =>
        Object.keys(operations).map(
          method => `${method.toUpperCase()} ${route}`,
        ),
      )
      .sort();
    expect(documented).toEqual(await servedRoutes());
    expect(documented).toContain(
      'GET /v1/entities/{kind}/{namespace}/{name}/report',
    );
  });

  it('says which permission an operation needs, as the operation does', async () => {
    const { server: open } = await startPlugin();
    const { body } = await request(open).get(path);
    const entityRef = 'component:default/web';
    const hour = { start: inHours(1), end: inHours(2) };
    const schedule = {
      name: 'web',
      timeZone: 'Europe/Paris',
      levels: [
        {
          name: 'primary',
          layers: [
            {
              members: [],
              rotation: { unit: 'week', length: 1, start: '2026-11-02T09:00' },
            },
          ],
        },
      ],
    };
    const bodies: Record<string, object> = {
      recordRestoreTest: { at: inHours(0), result: 'passed' },
      createSchedule: schedule,
      editSchedule: { schedule, version: 1 },
      previewSchedule: { schedule, from: hour.start, to: hour.end },
      createOverride: { ...hour, add: 'user:default/ann' },
      createSwap: { ...hour, level: 'primary' },
      editShiftChecklist: { items: [{ id: 'one', done: true }] },
      editHandoffNote: { text: 'All is well', version: 0 },
      signHandoffNote: { version: 0 },
      recordRunbookStep: { state: 'done' },
      finishRunbookRun: { outcome: 'worked' },
      declareIncident: { title: 'Web is down', entityRefs: [entityRef] },
      editIncident: { version: 1 },
      moveIncident: { version: 1, state: 'mitigating' },
      changeIncidentRole: { role: 'scribe', user: null },
      mergeIncident: { version: 1, into: '2' },
      publishIncidentUpdate: { text: 'We know' },
      saveIncidentUpdateDraft: { text: 'We know', version: 0 },
      addTimelineEntry: { text: 'It is slow' },
      pinTimelineEntry: { pinned: true },
    };
    const query = new URLSearchParams({
      metric: 'errors.count',
      from: hour.start,
      to: hour.end,
      path: 'graph.png',
      entityRef,
    });
    const { server } = await startPlugin({
      policy: {
        denied: observabilityPermissions.map(({ name }) => name),
      },
    });
    for (const [route, operations] of Object.entries(
      (body as OpenApiDocument).paths,
    )) {
      for (const [method, operation] of Object.entries(operations)) {
        const url = `/api/observability${route
          .replace('{kind}', 'component')
          .replace('{namespace}', 'default')
          .replace('{name}', 'web')
          .replace('{id}', 'one')
          .replace('{index}', '0')}?${query}`;
        const answer = await request(server)
          [method as 'get' | 'post' | 'put' | 'delete'](url)
          .send(bodies[operation.operationId] ?? {});
        const permission = operation['x-permission'];
        expect([route, answer.body.error?.message]).toEqual([
          route,
          permission && `This needs the permission ${permission}`,
        ]);
      }
    }
  });

  it('is for signed-in callers', async () => {
    const { server } = await startPlugin();
    const statusFor = async (header: string) => {
      const sent = request(server).get(path).set('authorization', header);
      return (await sent).status;
    };
    await expect(statusFor(mockCredentials.none.header())).resolves.toBe(401);
    await expect(statusFor(mockCredentials.service.header())).resolves.toBe(
      200,
    );
  });
});
