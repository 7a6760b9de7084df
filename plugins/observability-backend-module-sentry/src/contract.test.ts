import { TargetResult } from '@watchkeeper/backstage-plugin-observability-node';
import {
  contractVendorOf,
  runProviderContract,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import { createStandInClock, startSentryStandIn } from '@watchkeeper/stand-ins';
import issues from './__fixtures__/issues.json';
import { createProvider, entityWith } from './__testUtils__/harness';
import { acmeWorld } from './__testUtils__/world';

const token = 'sntrys_not-for-anyone-else';
const webhookSecret = 'signs-webhooks-of-acme';

function expectNoIssues(results: TargetResult[]): void {
  for (const { results: entries } of results) {
    expect(entries).toContainEqual(
      expect.objectContaining({
        kind: 'errors',
        data: expect.objectContaining({ issues: [], unresolvedIssues: 0 }),
      }),
    );
  }
}

function expectAllProjects(results: TargetResult[]): void {
  expect(results.map(({ key }) => key).sort()).toEqual([
    'acme/jobs',
    'acme/shop',
    'acme/shop@production',
  ]);
  for (const { results: entries } of results) {
    expect(entries.filter(entry => 'data' in entry)).toHaveLength(3);
  }
}

function expectUnknownWords(results: TargetResult[]): void {
  const shop = results.find(({ key }) => key === 'acme/shop');
  expect(shop?.results[0]).toMatchObject({
    data: {
      issues: expect.arrayContaining([
        expect.objectContaining({
          level: 'catastrophe',
          status: 'quarantined',
        }),
      ]),
    },
  });
}

runProviderContract({
  name: 'SentryProvider',
  // More projects than a page has, those of the entities on the second.
  startVendor: async () =>
    contractVendorOf(
      await startSentryStandIn({
        token,
        clock: createStandInClock({ now: new Date('2026-11-24T13:40:00Z') }),
        world: acmeWorld({ others: 110 }),
        rateLimits: false,
      }),
    ),
  createProvider: ({ url, client }) =>
    createProvider(url, {
      token,
      client,
      webhookSecret,
    }),
  entity: entityWith({ 'sentry.io/project-slug': 'acme/shop, jobs' }),
  otherEntity: entityWith({
    'sentry.io/project-slug': 'shop',
    'sentry.io/environment': 'production',
  }),
  secrets: [token, webhookSecret],
  tooManyRequests: vendorNow => ({
    fault: {
      kind: 'status',
      status: 429,
      headers: {
        'X-Sentry-Rate-Limit-Limit': '40',
        'X-Sentry-Rate-Limit-Remaining': '0',
        'X-Sentry-Rate-Limit-Reset': String(
          Math.round(vendorNow.getTime() / 1000) + 60,
        ),
      },
    },
    retryAfterSeconds: 60,
  }),
  independentKinds: [
    { kind: 'errors', match: { path: '/issues/' } },
    { kind: 'performance', match: { path: 'dataset=spans' } },
    { kind: 'releases', match: { path: '/releases/' } },
  ],
  emptyList: {
    arrange: ({ standIn }) => {
      for (const issue of ['SHOP-1', 'SHOP-2', 'JOBS-1']) {
        standIn.control.changeScenario({ issue, status: 'resolved' });
      }
    },
    check: expectNoIssues,
  },
  twoPages: {
    arrange: () => {},
    check: expectAllProjects,
  },
  unknownEnum: {
    arrange: ({ faults }) =>
      faults.inject(
        { kind: 'status', status: 200, body: issues },
        { path: '/issues/' },
      ),
    check: expectUnknownWords,
  },
});
