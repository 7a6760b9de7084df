import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  PAGERDUTY_STAND_IN_TOKENS,
  startPagerDutyStandIn,
  type PagerDutyStandIn,
} from '.';
import { createStandInClock } from '../shared/clock';

const document = path.resolve(
  __dirname,
  '../../../../../shared/reference/specs/pagerduty-REST.openapi.json',
);
const isPresent = existsSync(document);

/** OpenAPI 3.0 says `nullable` otherwise than JSON Schema, and this one forgets it where its text says null. */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example, discriminator, ...rest } = schema as Record<
    string,
    unknown
  >;
  const converted: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  // The schedule of somebody who is always on call is null too, as examples show.
  const saysNull = /null|legacy schedule reference/i.test(
    String(converted.description ?? ''),
  );
  return nullable === true || saysNull
    ? { anyOf: [converted, { type: 'null' }] }
    : converted;
}

const from = '2026-11-24T00:00:00Z';
const endpoints: [documented: string, status: string, asked: string][] = [
  ['/oncalls', '200', `/oncalls?since=${from}&until=2026-12-24T00:00:00Z`],
  ['/oncalls', '200', '/oncalls'],
  ['/services', '200', '/services'],
  ['/services/{id}', '200', '/services/PSWORK1'],
  ['/escalation_policies', '200', '/escalation_policies'],
  ['/users', '200', '/users?query=cto'],
  [
    '/schedules/{id}/overrides',
    '201',
    `/schedules/PJOBS01/overrides?since=${from}&until=2026-12-24T00:00:00Z`,
  ],
];

describe("the stand-in against PagerDuty's published OpenAPI document", () => {
  if (!isPresent) {
    it('is not checked here: the document is absent', () => {
      expect(isPresent).toBe(false);
    });
    return;
  }

  const { paths, components } = JSON.parse(readFileSync(document, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const format of ['tzinfo', 'url', 'activesupport-time-zone']) {
    ajv.addFormat(format, true);
  }
  const validatorOf = (documented: string, method: string, status: string) => {
    const { schema } =
      paths[documented][method].responses[status].content['application/json'];
    return ajv.compile(Object(toJsonSchema({ ...schema, components })));
  };
  let standIn: PagerDutyStandIn;
  const ask = async (asked: string, body?: object) => {
    const response = await fetch(`${standIn.url}${asked}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Token token=${PAGERDUTY_STAND_IN_TOKENS.token}`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: String(response.status), body: await response.json() };
  };
  const override = {
    start: '2026-11-26T00:00:00Z',
    end: '2026-11-26T12:00:00Z',
    user: { id: 'PCTO001', type: 'user_reference' },
  };

  beforeAll(async () => {
    standIn = await startPagerDutyStandIn({
      clock: createStandInClock({ now: new Date('2026-11-24T12:00:00Z') }),
    });
    await ask('/schedules/PJOBS01/overrides', { overrides: [override] });
  });
  afterAll(() => standIn.close());

  it.each(endpoints)(
    'answers %s as documented',
    async (documented, expected, asked) => {
      const { status, body } = await ask(asked);
      expect(status).toBe(expected);
      const [list] = Object.values(body);
      expect(list).not.toEqual([]);
      const validate = validatorOf(documented, 'get', expected);
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  it('answers new overrides as documented', async () => {
    const { body } = await ask('/schedules/PJOBS01/overrides', {
      overrides: [override, { ...override, end: override.start }],
    });
    const validate = validatorOf('/schedules/{id}/overrides', 'post', '201');
    validate(body);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('notices an answer that is not as documented', async () => {
    const { body } = await ask('/services');
    delete body.services[0].escalation_policy;
    expect(validatorOf('/services', 'get', '200')(body)).toBe(false);
  });
});
