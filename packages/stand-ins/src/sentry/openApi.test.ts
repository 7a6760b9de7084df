import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repeated, startForTest } from '../__testUtils__/client';
import type { SentryStandIn } from '..';

const referenceFolder = path.resolve(
  __dirname,
  '../../../../../shared/reference/specs',
);
const documents = [
  'sentry-openapi-derefed.json',
  // Holds the rules that monitors replaced.
  'sentry-openapi-derefed-2026-05-pre-alert-rule-removal.json',
].map(name => path.join(referenceFolder, name));
const isPresent = documents.every(existsSync);

type Schema = Record<string, unknown>;

/** OpenAPI 3.0 says `nullable` where JSON Schema lists the type null. */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example, examples, discriminator, xml, ...rest } =
    schema as Schema;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  if (nullable !== true) return converted;
  return { anyOf: [converted, { type: 'null' }] };
}

const organization = '/api/0/organizations/{organization_id_or_slug}';
const fieldsOfSpans = repeated(
  'field',
  'project',
  'count()',
  'p95(span.duration)',
);

/** Path of the document, and how the stand-in is asked. */
const endpoints: [
  name: string,
  documented: string,
  asked: string | ((standIn: SentryStandIn) => string),
][] = [
  ['organisations', '/api/0/organizations/', ''],
  ['projects', `${organization}/projects/`, 'visioncrm/projects/'],
  ['environments', `${organization}/environments/`, 'visioncrm/environments/'],
  [
    'issues with everything expanded',
    `${organization}/issues/`,
    `visioncrm/issues/?statsPeriod=24h&query=level:error&${repeated(
      'expand',
      'inbox',
      'owners',
      'sessions',
      'integrationIssues',
      'sentryAppIssues',
      'latestEventHasAttachments',
    )}`,
  ],
  [
    'an issue',
    `${organization}/issues/{issue_id}/`,
    'visioncrm/issues/5620014401/',
  ],
  [
    'events of an issue',
    `${organization}/issues/{issue_id}/events/`,
    'visioncrm/issues/5620014401/events/',
  ],
  [
    'the latest event of an issue',
    `${organization}/issues/{issue_id}/events/{event_id}/`,
    'visioncrm/issues/5612209034/events/latest/',
  ],
  [
    'a table of events',
    `${organization}/events/`,
    `visioncrm/events/?dataset=spans&${fieldsOfSpans}`,
  ],
  [
    'a series of events',
    `${organization}/events-timeseries/`,
    'visioncrm/events-timeseries/?dataset=errors&statsPeriod=1h&topEvents=2&groupBy=project&sort=-count()',
  ],
  [
    'sessions',
    `${organization}/sessions/`,
    `visioncrm/sessions/?statsPeriod=2d&${repeated(
      'groupBy',
      'project',
      'release',
      'environment',
    )}&${repeated('field', 'sum(session)', 'crash_free_rate(session)')}`,
  ],
  [
    'releases with their health',
    `${organization}/releases/`,
    'visioncrm/releases/?health=1&adoptionStages=1',
  ],
  [
    'a release',
    `${organization}/releases/{version}/`,
    'visioncrm/releases/visioncrm-web%405.14.0/?health=1',
  ],
  [
    'deploys of a release',
    `${organization}/releases/{version}/deploys/`,
    'visioncrm/releases/visioncrm-web%405.14.0/deploys/',
  ],
  [
    'commits of a release',
    `${organization}/releases/{version}/commits/`,
    'visioncrm/releases/visioncrm-web%405.14.0/commits/',
  ],
  [
    'outcomes',
    `${organization}/stats_v2/`,
    `visioncrm/stats_v2/?statsPeriod=1d&field=sum(quantity)&${repeated(
      'groupBy',
      'outcome',
      'category',
    )}`,
  ],
  ['monitors', `${organization}/detectors/`, 'visioncrm/detectors/'],
  ['alerts', `${organization}/workflows/`, 'visioncrm/workflows/'],
  [
    'metric alert rules',
    `${organization}/alert-rules/`,
    'visioncrm/alert-rules/',
  ],
  [
    'issue alert rules',
    '/api/0/projects/{organization_id_or_slug}/{project_id_or_slug}/rules/',
    '../projects/visioncrm/visioncrm-api/rules/',
  ],
];

describe("the stand-in against Sentry's published OpenAPI document", () => {
  if (!isPresent) {
    it('is not checked here: the document is absent', () => {
      expect(isPresent).toBe(false);
    });
    return;
  }

  const paths = new Map<string, Schema>();
  for (const file of documents) {
    const { paths: found } = JSON.parse(readFileSync(file, 'utf8'));
    for (const [key, value] of Object.entries(found)) {
      if (!paths.has(key)) paths.set(key, value as Schema);
    }
  }
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('double', { type: 'number', validate: Number.isFinite });

  function validatorOf(documented: string): ValidateFunction {
    const operation = paths.get(documented)?.get as Schema;
    const responses = operation.responses as Record<
      string,
      { content: Record<string, { schema: unknown }> }
    >;
    const { schema } = responses['200'].content['application/json'];
    return ajv.compile(toJsonSchema(schema) as object);
  }

  let started: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    started = await startForTest();
  });
  afterAll(() => started.standIn.close());

  it.each(endpoints)(
    'answers %s as documented',
    async (_name, documented, asked) => {
      const relative =
        typeof asked === 'string' ? asked : asked(started.standIn);
      const url = new URL(relative, 'http://x/api/0/organizations/');
      const response = await started.fetchPath(url.pathname + url.search);
      const body = await response.json();
      const validate = validatorOf(documented);

      expect(response.status).toBe(200);
      expect(Array.isArray(body) ? body.length : 1).toBeGreaterThan(0);
      validate(body);
      const problems = (validate.errors ?? []).map(
        error =>
          `${error.instancePath} ${error.message} ${JSON.stringify(
            error.params,
          )}`,
      );
      expect([...new Set(problems)].slice(0, 20)).toEqual([]);
    },
  );
});
