import { ProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { advisorSchema, projectsSchema, SupabaseLint } from '../api/schemas';
import { toAdvisories, unindexedForeignKeys } from './advisories';
import { toFailure } from './failures';
import { projectStateOf, versionOf } from './projectState';
import {
  adviceOn,
  currentStatements,
  KnownStatement,
  slowestMeasurement,
  toSlowQueries,
  toStatements,
} from './slowQueries';

const NOW = new Date('2026-11-24T13:40:00Z');
const HOUR = 3_600_000;

/** A project as the API is read. */
const project = (differs: object) =>
  projectsSchema.parse([{ ref: 'x', ...differs }])[0];

describe("a project's status", () => {
  it.each([
    ['ACTIVE_HEALTHY', 'active', true, undefined],
    ['ACTIVE_UNHEALTHY', 'unhealthy', true, 'unavailable'],
    ['INACTIVE', 'paused', false, 'misconfigured'],
    ['REMOVED', 'removed', false, 'not-found'],
    ['COMING_UP', 'starting', false, 'unavailable'],
    ['RESTARTING', 'starting', false, 'unavailable'],
    ['PAUSING', 'stopping', false, 'unavailable'],
    ['GOING_DOWN', 'stopping', false, 'unavailable'],
    ['RESTORING', 'restoring', false, 'unavailable'],
    ['UPGRADING', 'upgrading', false, 'unavailable'],
    ['INIT_FAILED', 'failed', false, 'unavailable'],
    ['RESTORE_FAILED', 'failed', false, 'unavailable'],
    ['SOMETHING_NEW', 'unknown', true, 'unavailable'],
    [undefined, 'unknown', true, 'unavailable'],
  ])(
    '%s is %s, and never well unless it says so',
    (status, state, runs, code) => {
      const found = projectStateOf(project({ status }));
      expect([found.state, found.runs, found.problem?.code]).toEqual([
        state,
        runs,
        code,
      ]);
    },
  );

  it.each([
    ['15.8.1.085', '15.8'],
    ['17.6', '17.6'],
    ['', '16'],
  ])('version %j is shown as %s', (version, shown) => {
    const database = { version, postgres_engine: '16' };
    expect(versionOf(project({ database }))).toBe(shown);
    expect(versionOf(project({}))).toBeUndefined();
  });
});

describe('advisories', () => {
  const lint = (differs: object): SupabaseLint =>
    advisorSchema.parse({
      lints: [{ name: 'rls_disabled_in_public', ...differs }],
    }).lints[0];

  it('come worst first, each once, with a link or a remedy, and bounded', () => {
    const advisories = toAdvisories([
      lint({ cache_key: 'a', level: 'INFO', title: 'Unused index' }),
      lint({
        cache_key: 'b',
        level: 'WARN',
        title: 'RLS\u0000 disabled',
        detail: 'Table \\`public.a\\` has none',
        remediation: 'https://supabase.com/docs/x',
      }),
      lint({
        cache_key: 'b',
        level: 'WARN',
        title: 'RLS disabled',
        detail: 'Table \\`public.a\\` has none',
        remediation: 'https://supabase.com/docs/x',
      }),
      lint({
        cache_key: 'c',
        level: 'ERROR',
        title: 'x'.repeat(500),
        remediation: 'Drop it',
      }),
      lint({
        cache_key: 'd',
        level: 'FATAL',
        name: 'new',
        remediation: `${'javascript'}:alert(1)`,
      }),
      ...Array.from({ length: 120 }, (_, index) =>
        lint({ cache_key: `e${index}`, level: 'INFO', title: 'Z' }),
      ),
    ]);
    expect(advisories).toHaveLength(100);
    expect(advisories.slice(0, 4)).toEqual([
      {
        name: 'rls_disabled_in_public',
        level: 'error',
        title: expect.stringMatching(/^x{199}…$/),
        remediation: 'Drop it',
      },
      {
        name: 'rls_disabled_in_public',
        level: 'warning',
        title: 'RLS disabled',
        detail: 'Table `public.a` has none',
        url: 'https://supabase.com/docs/x',
      },
      {
        name: 'new',
        level: 'unknown',
        title: 'new',
        remediation: `${'javascript'}:alert(1)`,
      },
      { name: 'rls_disabled_in_public', level: 'info', title: 'Unused index' },
    ]);
  });

  const keys = unindexedForeignKeys([
    lint({
      name: 'unindexed_foreign_keys',
      metadata: {
        schema: 'public',
        name: 'Quote',
        type: 'table',
        fkey_name: 'Quote_contactId_fkey',
      },
    }),
    lint({
      name: 'unused_index',
      metadata: {
        schema: 'public',
        name: 'Contact',
        type: 'table',
      },
    }),
    lint({
      name: 'unindexed_foreign_keys',
      metadata: {
        schema: 'public',
        name: 'line_item',
        type: 'table',
      },
    }),
  ]);

  it.each([
    [
      'SELECT * FROM "Quote" WHERE "id" = $1',
      /Quote_contactId_fkey of public\.Quote/,
    ],
    ['select 1 from a join "public"."Quote" q on true', /Quote_contactId_fkey/],
    ['UPDATE ONLY public."Quote" SET x = $1', /Quote_contactId_fkey/],
    ['select * from LINE_ITEM', /foreign key of public\.line_item/],
    // Another table, in every way in which it may look like this one.
    ['SELECT * FROM "Quotes"', /^nothing$/],
    ['SELECT * FROM quote', /^nothing$/],
    ['SELECT "Quote" FROM "Contact"', /^nothing$/],
    ['SELECT * FROM archive."Quote"', /^nothing$/],
    ['SELECT * FROM "Quote"."Contact"', /^nothing$/],
    ['select * from line_items', /^nothing$/],
    ['SELECT * FROM "Contact"', /^nothing$/],
  ])('advise on %s only what the advisor proves', (query, expected) => {
    expect(adviceOn(query, keys) ?? 'nothing').toMatch(expected);
  });
});

describe('statements', () => {
  const row = (differs: object) => ({
    id: '1',
    query: 'select  $1\n from "Quote"',
    calls: 10,
    rows: 5,
    mean_ms: 1500,
    max_ms: 2000,
    total_ms: 15_000,
    ...differs,
  });

  it('over a second are shown by total time, the slowest is measured', () => {
    const statements = toStatements(
      [
        row({}),
        row({ id: '2', mean_ms: 3000, total_ms: 9000 }),
        row({ id: '3', mean_ms: 20, total_ms: 99_000 }),
        row({ id: '4', mean_ms: undefined }),
        row({ id: '5', query: 'x'.repeat(5000), mean_ms: 1001, total_ms: 1 }),
      ],
      [],
      NOW,
    );
    const slow = toSlowQueries(statements, []);
    expect(slow).toEqual([
      {
        query: 'select $1 from "Quote"',
        calls: 10,
        rows: 5,
        meanMs: 1500,
        maxMs: 2000,
        totalMs: 15_000,
      },
      expect.objectContaining({ meanMs: 3000 }),
      expect.objectContaining({ query: expect.stringMatching(/^x{999}…$/) }),
    ]);
    expect(slowestMeasurement(statements)).toEqual({
      metric: 'database.slowQueryMs',
      value: 3000,
      subject: { id: '2', name: 'select $1 from "Quote"' },
    });
    expect(slowestMeasurement([])).toEqual({
      metric: 'database.slowQueryMs',
      value: 0,
    });
  });

  it('that did not run for a day are of no concern, until they run again', () => {
    const at = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
    const step = (calls: number, before: KnownStatement[], hours: number) =>
      toStatements([row({ calls })], before, at(hours));
    const first = step(10, [], 0);
    const quiet = step(10, first, 23);
    expect(currentStatements(quiet, at(23))).toHaveLength(1);
    const gone = step(10, quiet, 24);
    expect(currentStatements(gone, at(24))).toEqual([]);
    expect(currentStatements(step(11, gone, 25), at(25))).toHaveLength(1);
  });

  it('whose text is hidden count with their times', () => {
    const [hidden] = toStatements(
      [row({ id: 'hidden-3', query: '<insufficient privilege>' })],
      [],
      NOW,
    );
    expect(hidden.query).toMatch(/may not see/);
    expect(slowestMeasurement([hidden])).toMatchObject({
      value: 1500,
      subject: { id: 'hidden' },
    });
  });
});

describe('a failure', () => {
  const error = (
    code: ProviderError['code'],
    statusCode?: number,
    message = 'It says no.',
  ) => new ProviderError({ code, message, statusCode });
  const sql = (state: string) =>
    error('misconfigured', 400, `host answered 400: "ERROR: ${state}: text".`);

  it.each([
    [
      'a refused key',
      'metrics',
      error('unauthorized', 401),
      'not-permitted',
      'unauthorized',
    ],
    [
      'a host without metrics',
      'metrics',
      error('not-found', 404),
      'not-supported',
      'not-found',
    ],
    ['no answer', 'metrics', error('timeout'), 'failed', 'timeout'],
    [
      'a plan without backups',
      'backups',
      error('forbidden', 402),
      'plan',
      undefined,
    ],
    [
      'a token without backups',
      'backups',
      error('forbidden', 403),
      'not-permitted',
      'forbidden',
    ],
    [
      'an advisor that is no more',
      'securityAdvice',
      error('not-found', 404),
      'not-supported',
      undefined,
    ],
    [
      'services that do not answer',
      'services',
      error('unavailable', 500),
      'failed',
      undefined,
    ],
    [
      'a missing extension',
      'slowQueries',
      sql('42P01'),
      'not-enabled',
      undefined,
    ],
    [
      'an extension that is not loaded',
      'slowQueries',
      sql('55000'),
      'not-enabled',
      undefined,
    ],
    [
      'a role that may not',
      'slowQueries',
      sql('42501'),
      'not-permitted',
      'forbidden',
    ],
    [
      'a query that takes too long',
      'slowQueries',
      sql('57014'),
      'failed',
      'timeout',
    ],
    [
      'a database that is out of reach',
      'slowQueries',
      error('misconfigured', 400),
      'failed',
      'unavailable',
    ],
  ] as const)(
    '%s is told as what it is',
    (_, part, thrown, limitation, problem) => {
      const failure = toFailure(part, thrown);
      expect([failure.limitation, failure.problem]).toEqual([
        limitation,
        problem,
      ]);
      expect(failure.message).toMatch(/^[A-Z].{15,}/);
    },
  );
});
