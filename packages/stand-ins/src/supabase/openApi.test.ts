import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  createStandInClock,
  startSupabaseStandIn,
  STAND_IN_SUPABASE_TOKEN,
  VISION_CRM_SUPABASE_REF,
  type SupabaseStandIn,
} from '..';

const document = path.resolve(
  __dirname,
  '../../../../../shared/reference/specs/supabase-api-v1-openapi.json',
);
const isPresent = existsSync(document);
const below = '/v1/projects/{ref}';

/** OpenAPI 3.0 says whether a minimum is exclusive, JSON Schema says which one is. */
function toJsonSchema(_key: string, value: unknown): unknown {
  const { minimum, exclusiveMinimum, ...rest } = Object(value);
  return exclusiveMinimum === true
    ? { ...rest, exclusiveMinimum: minimum }
    : value;
}

const endpoints: [documented: string, query: string][] = [
  ['/v1/projects', ''],
  [below, ''],
  [`${below}/health`, '?services=auth&services=db&services=realtime,rest'],
  [`${below}/database/backups`, ''],
  [`${below}/advisors/performance`, ''],
  [`${below}/advisors/security`, ''],
  [`${below}/config/disk`, ''],
  [`${below}/config/disk/util`, ''],
  [`${below}/readonly`, ''],
  [`${below}/config/database/postgres`, ''],
];

describe("the stand-in against Supabase's published OpenAPI document", () => {
  if (!isPresent) {
    it('is not checked here: the document is absent', () => {
      expect(isPresent).toBe(false);
    });
    return;
  }

  const { paths, components } = JSON.parse(
    readFileSync(document, 'utf8'),
    toJsonSchema,
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  let standIn: SupabaseStandIn;
  beforeAll(async () => {
    standIn = await startSupabaseStandIn({
      clock: createStandInClock({ now: new Date('2026-11-22T13:41:00Z') }),
    });
  });
  afterAll(() => standIn.close());

  it.each(endpoints)('answers %s as documented', async (documented, query) => {
    const asked = documented.replace('{ref}', VISION_CRM_SUPABASE_REF);
    // Both ways in which backups are told.
    for (const pitr of [true, false]) {
      standIn.control.changeScenario({
        project: VISION_CRM_SUPABASE_REF,
        change: {
          backups: { pitr, lastAgeMs: 5_000_000, keptDays: 7, goOn: true },
        },
      });
      const response = await fetch(`${standIn.url}${asked}${query}`, {
        headers: { Authorization: `Bearer ${STAND_IN_SUPABASE_TOKEN}` },
      });
      const body = await response.json();
      const { schema } =
        paths[documented].get.responses['200'].content['application/json'];
      const validate = ajv.compile({ ...schema, components });

      expect(response.status).toBe(200);
      expect(Array.isArray(body) ? body.length : 1).toBeGreaterThan(0);
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    }
  });
});
