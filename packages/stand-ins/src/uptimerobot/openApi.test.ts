import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  createStandInClock,
  startUptimeRobotStandIn,
  UPTIMEROBOT_STAND_IN_KEYS,
  type UptimeRobotStandIn,
} from '..';

const document = path.resolve(
  __dirname,
  '../../../../../shared/reference/specs/uptimerobot-v3-openapi.json',
);
const isPresent = existsSync(document);
type Schema = Record<string, unknown>;

/** OpenAPI 3.0 says `nullable` and whether a minimum is exclusive; JSON Schema says both otherwise. */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example, exclusiveMinimum, exclusiveMaximum, ...rest } =
    schema as Schema;
  const converted: Schema = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  // "One of anything and a text" would refuse every text.
  if (JSON.stringify(converted.oneOf) === '[{},{"type":"string"}]') {
    delete converted.oneOf;
  }
  if (nullable !== true) return converted;
  return { anyOf: [converted, { type: 'null' }] };
}

const monitor = '/monitors/777749802';
const endpoints: [documented: string, asked: string][] = [
  ['/monitors', '/monitors?limit=200'],
  ['/monitors/{id}', '/monitors/777749803'],
  ['/incidents', '/incidents?started_after=2026-08-01T00:00:00Z'],
  ['/maintenance-windows', '/maintenance-windows'],
  [
    '/monitors/{id}/stats/response-time',
    `${monitor}/stats/response-time?includeTimeSeries=true`,
  ],
  ['/monitors/{id}/stats/uptime', `${monitor}/stats/uptime`],
  ['/user/me', '/user/me'],
];

describe("the stand-in against UptimeRobot's published OpenAPI document", () => {
  if (!isPresent) {
    it('is not checked here: the document is absent', () => {
      expect(isPresent).toBe(false);
    });
    return;
  }

  const { paths, components } = JSON.parse(readFileSync(document, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validatorOf = (documented: string) => {
    const { schema } =
      paths[documented].get.responses['200'].content['application/json'];
    return ajv.compile(Object(toJsonSchema({ ...schema, components })));
  };
  let standIn: UptimeRobotStandIn;
  const ask = async (asked: string) => {
    const response = await fetch(`${standIn.url}/v3${asked}`, {
      headers: { Authorization: `Bearer ${UPTIMEROBOT_STAND_IN_KEYS.main}` },
    });
    return { status: response.status, body: await response.json() };
  };
  beforeAll(async () => {
    standIn = await startUptimeRobotStandIn({
      clock: createStandInClock({ now: new Date('2026-11-22T13:41:00Z') }),
      rateLimit: false,
    });
    standIn.control.startMaintenance({ monitors: ['Homepage'], minutes: 5 });
    standIn.control.changeScenario({
      monitor: 'Email Service',
      state: 'seems-down',
    });
  });
  afterAll(() => standIn.close());

  it.each(endpoints)('answers %s as documented', async (documented, asked) => {
    const { status, body } = await ask(asked);
    expect(status).toBe(200);
    expect(body.data ?? [body]).not.toEqual([]);
    const validate = validatorOf(documented);
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('answers one incident as documented', async () => {
    const { body } = await ask('/incidents');
    const validate = validatorOf('/incidents/{id}');
    for (const { id } of body.data) {
      const incident = await ask(`/incidents/${id}`);
      validate(incident.body);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(body.data.length).toBeGreaterThan(1);
  });

  it('notices an answer that is not as documented', async () => {
    const { body } = await ask('/monitors');
    delete body.data[0].interval;
    expect(validatorOf('/monitors')(body)).toBe(false);
  });
});
