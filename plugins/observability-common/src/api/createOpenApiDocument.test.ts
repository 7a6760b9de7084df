import SwaggerParser from '@apidevtools/swagger-parser';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { z } from 'zod/v4';
import { EntityReport, entityReportSchema } from '../model';
import { ApiRoute } from './ApiRoute';
import { createOpenApiDocument } from './createOpenApiDocument';
import { healthRoutes, openApiRoute } from './healthRoutes';
import { incidentRoutes } from './incidentRoutes';
import { onCallFeedRoutes } from './onCallFeedRoutes';
import { onCallHandoffRoutes } from './onCallHandoffRoutes';
import { onCallRoutes } from './onCallRoutes';
import { restoreTestRoutes } from './restoreTestRoutes';
import { runbookRoutes } from './runbookRoutes';
import { uptimeRoutes } from './uptimeRoutes';

const routes = [
  ...healthRoutes,
  ...uptimeRoutes,
  ...restoreTestRoutes,
  ...onCallRoutes,
  ...onCallHandoffRoutes,
  ...onCallFeedRoutes,
  ...runbookRoutes,
  ...incidentRoutes,
  openApiRoute,
];
const document = createOpenApiDocument({
  title: 'Watchkeeper',
  version: '1.2.3',
  routes,
});

const report: EntityReport = {
  entityRef: 'component:default/crm-api',
  generatedAt: '2026-11-22T12:00:00.000Z',
  status: 'warning',
  since: null,
  signals: [
    {
      kind: 'errors',
      id: 'errors:sentry:default:crm-api',
      source: { provider: 'sentry', instance: 'default', target: 'crm-api' },
      status: 'warning',
      since: '2026-11-22T11:00:00.000Z',
      reasons: [
        {
          metric: 'errors.count',
          value: 20,
          unit: 'count',
          threshold: 10,
          level: 'warning',
          message: '20 errors',
          since: '2026-11-22T11:00:00.000Z',
        },
      ],
      thresholds: [{ metric: 'uptime.state', unit: 'state', warning: 'down' }],
      observedAt: null,
      stale: false,
      data: {
        window: '24h',
        events: 20,
        previousEvents: 1,
        users: 2,
        issues: [],
        trend: [{ at: '2026-11-22T11:00:00.000Z', count: 20 }],
      },
    },
  ],
  misconfigurations: [],
  changes: [],
  onCall: [],
  runbooks: [],
  uncovered: [],
  incidents: [],
  postmortems: [],
};

describe('createOpenApiDocument', () => {
  it('is valid OpenAPI 3.1 with every reference resolved', async () => {
    expect(document.openapi).toBe('3.1.0');
    // The validator resolves references in what it is given.
    const copy = JSON.parse(JSON.stringify(document));
    await expect(SwaggerParser.validate(copy)).resolves.toBeDefined();
    expect(JSON.stringify(copy)).not.toContain('#/$defs/');
  });

  it('shows every route, with the permission that it takes and what it answers', () => {
    for (const route of routes) {
      const operation = document.paths[route.path][route.method];
      expect(operation).toMatchObject({
        operationId: route.operationId,
        summary: route.summary,
      });
      expect(operation['x-permission']).toBe(route.permission);
      expect(Object.keys(operation.responses)).toEqual(
        Object.keys({
          ...route.responses,
          ...(route.isIdempotent ? { 409: null, 422: null } : {}),
        }),
      );
      expect(
        operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ??
          false,
      ).toBe(route.isIdempotent ?? false);
    }
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(
      routes.length,
    );
    expect(
      document.paths['/v1/entities/{kind}/{namespace}/{name}/report'].get
        .responses,
    ).toMatchObject({
      200: {
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/EntityReport' },
          },
        },
      },
      404: {
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/ErrorBody' },
          },
        },
      },
    });
  });

  it('names what an answer can be besides JSON', () => {
    const { responses } =
      document.paths['/v1/entities/{kind}/{namespace}/{name}/uptime-report']
        .get;
    expect(responses[200].content).toEqual({
      'application/json': {
        schema: { $ref: '#/components/schemas/UptimeReport' },
      },
      'text/csv': { schema: { type: 'string' } },
    });
    expect(Object.keys(responses[400].content!)).toEqual(['application/json']);
  });

  it('says what is answered without signing in, and that it is no JSON', () => {
    const operation = document.paths['/v1/on-call/calendar/{token}.ics'].get;
    expect(operation.security).toEqual([]);
    expect(operation.responses[200].content).toEqual({
      'text/calendar': { schema: { type: 'string' } },
    });
    expect(operation.responses[404]).not.toHaveProperty('content');
    expect(document.paths['/v1/entities'].get).not.toHaveProperty('security');
  });

  it('names exactly the parameters of each path', () => {
    for (const route of routes) {
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(
        ([, name]) => name,
      );
      const { parameters = [] } = document.paths[route.path][route.method];
      expect(
        parameters
          .filter(parameter => parameter.in === 'path')
          .map(({ name }) => name),
      ).toEqual(inPath);
    }
  });

  it('describes how lists, defaults and required parameters are written', () => {
    const { parameters: listed } = document.paths['/v1/entities'].get;
    expect(listed?.find(({ name }) => name === 'status')).toEqual({
      name: 'status',
      in: 'query',
      required: false,
      description: expect.any(String),
      schema: {
        type: 'array',
        items: {
          type: 'string',
          enum: ['ok', 'warning', 'critical', 'unknown', 'unconfigured'],
        },
        maxItems: 100,
      },
      style: 'form',
      explode: false,
    });
    expect(listed?.find(({ name }) => name === 'limit')).toMatchObject({
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
    });
    const { parameters: ofSeries } =
      document.paths['/v1/entities/{kind}/{namespace}/{name}/series'].get;
    expect(
      ofSeries?.filter(({ required }) => required).map(({ name }) => name),
    ).toEqual(['kind', 'namespace', 'name', 'metric']);
  });

  it('accepts the reports that the model accepts, also with properties to come', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    ajv.addSchema(document, 'openapi.json');
    const validate = ajv.getSchema(
      'openapi.json#/components/schemas/EntityReport',
    )!;
    expect(entityReportSchema.safeParse(report).success).toBe(true);
    expect(validate(report)).toBe(true);
    expect(validate({ ...report, weather: 'fine' })).toBe(true);
    expect(validate({ ...report, status: 'green' })).toBe(false);
    expect(validate({ ...report, generatedAt: 'noon' })).toBe(false);
    expect(
      validate({ ...report, signals: [{ ...report.signals[0], kind: '?' }] }),
    ).toBe(false);
  });

  it('describes bodies, answers without a body and where it is served', async () => {
    const route: ApiRoute = {
      method: 'put',
      path: '/v1/things',
      operationId: 'putThing',
      summary: 'Puts a thing',
      tag: 'Things',
      requestBody: z.object({ at: z.iso.datetime().default('now') }),
      responses: { 204: null },
    };
    const other = createOpenApiDocument({
      title: 'Things',
      version: '1',
      routes: [route, { ...route, method: 'post', operationId: 'postThing' }],
      serverUrl: 'https://portal.example.com/api/observability',
    });
    expect(other.servers).toEqual([
      { url: 'https://portal.example.com/api/observability' },
    ]);
    expect(Object.keys(other.paths['/v1/things'])).toEqual(['put', 'post']);
    expect(other.paths['/v1/things'].put).toMatchObject({
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { at: { type: 'string', format: 'date-time' } },
            },
          },
        },
      },
      responses: { 204: { description: expect.any(String) } },
    });
    await expect(
      SwaggerParser.validate(JSON.parse(JSON.stringify(other))),
    ).resolves.toBeDefined();
  });
});
