import { TargetResult } from '@watchkeeper/backstage-plugin-observability-node';
import {
  contractVendorOf,
  runProviderContract,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  largeSupabaseRef,
  largeSupabaseWorld,
  startSupabaseStandIn,
} from '@watchkeeper/stand-ins';
import {
  createProvider,
  entityOf,
  readingOf,
  START,
} from './__testUtils__/harness';

const token = 'sbp_not-for-anyone-else';
const key = 'sb_secret_stand-in';
/** Far down a list that the vendor does not cut into pages. */
const references = [largeSupabaseRef(148), largeSupabaseRef(149)];

function expectNothingFound(results: TargetResult[]): void {
  for (const ref of references) {
    expect(readingOf(results, ref)).toMatchObject({
      data: {
        slowQueries: [],
        advisories: [],
        services: [],
        backups: {
          items: [
            expect.objectContaining({ check: 'daily', passed: false }),
            expect.objectContaining({ check: 'pitr', passed: false }),
            expect.objectContaining({ check: 'retention', passed: false }),
            expect.objectContaining({ check: 'recency', passed: false }),
          ],
        },
      },
      measurements: expect.arrayContaining([
        { metric: 'database.slowQueryMs', value: 0 },
        { metric: 'database.backup', value: 'missing' },
      ]),
    });
  }
}

runProviderContract({
  name: 'SupabaseProvider',
  startVendor: async () =>
    contractVendorOf(
      await startSupabaseStandIn({
        token,
        clock: createStandInClock({ now: START }),
        world: largeSupabaseWorld({ projects: 150 }),
        rateLimits: false,
      }),
    ),
  createProvider: ({ url, client }) =>
    createProvider(url, { token, key, references, client }),
  entity: entityOf(references[0]),
  otherEntity: entityOf(references[1]),
  secrets: [token, key, Buffer.from(`service_role:${key}`).toString('base64')],
  tooManyRequests: () => ({
    fault: {
      kind: 'status',
      status: 429,
      // Seconds that are left, not an instant.
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' },
    },
    retryAfterSeconds: 60,
  }),
  emptyList: {
    arrange: ({ standIn, faults }) => {
      standIn.control.changeScenario({
        change: {
          statements: [],
          backups: { pitr: false, lastAgeMs: null, keptDays: 0, goOn: false },
        },
      });
      faults.inject(
        { kind: 'status', status: 200, body: [] },
        { path: '/health' },
      );
    },
    check: expectNothingFound,
  },
  twoPages: {
    arrange: () => {},
    check: results => {
      expect(results.map(result => result.key).sort()).toEqual(references);
    },
  },
  unknownEnum: {
    arrange: ({ standIn, faults }) => {
      standIn.control.changeScenario({
        change: {
          status: 'HIBERNATING',
          services: { db: { status: 'DREAMING' } },
        },
      });
      faults.inject(
        {
          kind: 'status',
          status: 200,
          body: {
            lints: [
              { name: 'moon_in_wrong_phase', level: 'FATAL', cache_key: 'a' },
            ],
          },
        },
        { path: '/advisors/' },
      );
    },
    check: results => {
      const { data, problem } = readingOf(results, references[0]);
      expect(data).toMatchObject({
        state: 'unknown',
        services: expect.arrayContaining([{ name: 'db', state: 'unknown' }]),
        advisories: expect.arrayContaining([
          {
            name: 'moon_in_wrong_phase',
            level: 'unknown',
            title: 'moon_in_wrong_phase',
          },
        ]),
      });
      expect(problem?.code).toBe('unavailable');
    },
  },
});
