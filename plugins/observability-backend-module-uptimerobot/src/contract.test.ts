import { TargetResult } from '@watchkeeper/backstage-plugin-observability-node';
import {
  contractVendorOf,
  runProviderContract,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  largeUptimeRobotMonitorId,
  largeUptimeRobotWorld,
  startUptimeRobotStandIn,
  UPTIMEROBOT_STAND_IN_KEYS,
} from '@watchkeeper/stand-ins';
import { createProvider, entityWith, readingOf } from './__testUtils__/harness';

const apiKey = UPTIMEROBOT_STAND_IN_KEYS.readOnly;
const webhookSecret = 'comes-along-with-webhooks';
const MONITORS = 260;

function monitorOf(result: TargetResult | undefined) {
  return readingOf(result).data?.monitors[0];
}

runProviderContract({
  name: 'UptimeRobotProvider',
  startVendor: async () =>
    contractVendorOf(
      await startUptimeRobotStandIn({
        clock: createStandInClock({ now: new Date('2026-11-24T13:40:00Z') }),
        world: largeUptimeRobotWorld({ monitors: MONITORS }),
        rateLimit: false,
      }),
    ),
  createProvider: ({ url, client }) =>
    createProvider(url, { apiKey, client, webhookSecret, now: client.now }),
  entity: entityWith({
    'uptimerobot.com/monitors': `${largeUptimeRobotMonitorId(0)}`,
  }),
  // On the second page.
  otherEntity: entityWith({
    'uptimerobot.com/monitors': `${largeUptimeRobotMonitorId(MONITORS - 1)}`,
  }),
  secrets: [apiKey, webhookSecret],
  tooManyRequests: vendorNow => ({
    fault: {
      kind: 'status',
      status: 429,
      headers: {
        'Retry-After': '60',
        'X-RateLimit-Limit': '10',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(
          Math.round(vendorNow.getTime() / 1000) + 60,
        ),
      },
    },
    retryAfterSeconds: 60,
  }),
  emptyList: {
    arrange: ({ faults }) =>
      faults.inject(
        { kind: 'status', status: 200, body: { data: [], nextLink: null } },
        { path: '/v3/monitors' },
      ),
    check: results => {
      for (const { results: entries } of results) {
        expect(entries).toMatchObject([{ error: { code: 'not-found' } }]);
      }
    },
  },
  twoPages: {
    arrange: () => {},
    check: results => {
      for (const result of results) {
        expect(monitorOf(result)).toMatchObject({ state: 'up' });
      }
    },
  },
  unknownEnum: {
    arrange: ({ faults }) =>
      faults.inject(
        {
          kind: 'status',
          status: 200,
          body: {
            data: [
              {
                id: largeUptimeRobotMonitorId(0),
                friendlyName: 'Shop',
                type: 'TELEPATHY',
                status: 'SLEEPING',
              },
            ],
            nextLink: null,
          },
        },
        { path: '/v3/monitors' },
      ),
    check: results => {
      expect(monitorOf(results[0])).toMatchObject({
        type: 'telepathy',
        state: 'unknown',
      });
      expect(readingOf(results[0]).problem).toMatchObject({
        code: 'malformed',
        message: expect.stringContaining('"SLEEPING"'),
      });
    },
  },
});
