import {
  isProviderError,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  CONTRACT_FAULTS,
  contractVendorOf,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  PAGERDUTY_STAND_IN_TOKENS,
  PagerDutyStandIn,
  startPagerDutyStandIn,
} from '@watchkeeper/stand-ins';
import { mockServices } from '@backstage/backend-test-utils';
import { collect, createProvider, entityWith } from './__testUtils__/harness';

const NOW = new Date('2026-11-24T12:00:00Z');
const KEY = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SHORT_TIMEOUT_MS = 300;

describe('PagerDuty in trouble', () => {
  let standIn: PagerDutyStandIn;

  beforeEach(async () => {
    standIn = await startPagerDutyStandIn({
      clock: createStandInClock({ now: NOW }),
    });
  });
  afterEach(() => standIn.close());

  /** What a reading throws, and that nothing secret is in it or in the log. */
  async function failureOf(timeoutMs?: number): Promise<ProviderError> {
    const logger = mockServices.logger.mock();
    const provider = createProvider(standIn.url, {
      client: { logger, ...(timeoutMs ? { timeoutMs } : {}) },
    });
    const error = await collect(provider, {
      entities: [entityWith({ 'pagerduty.com/integration-key': KEY })],
      now: NOW,
      logger,
    }).then(
      () => 'an answer',
      reason => reason,
    );
    if (!isProviderError(error)) {
      throw new Error(`It is no ProviderError but ${error}`);
    }
    const told = [
      error.message,
      String(error.stack),
      JSON.stringify(
        [logger.debug, logger.info, logger.warn, logger.error].map(
          ({ mock }) => mock.calls,
        ),
      ),
    ].join('\n');
    expect(told).not.toContain(KEY);
    expect(told).not.toContain(PAGERDUTY_STAND_IN_TOKENS.token);
    return error;
  }

  it.each(CONTRACT_FAULTS)(
    'is told, and read again when it is over: $title',
    async ({ name, fault, codes }) => {
      const { faults } = contractVendorOf(standIn);
      for (const path of ['/services', '/oncalls']) {
        faults.inject(fault, { path });
        const error = await failureOf(
          name === 'hang' ? SHORT_TIMEOUT_MS : undefined,
        );
        expect(codes).toContain(error.code);
        faults.clear();
      }
      const { schedules } = await collect(createProvider(standIn.url), {
        entities: [entityWith({ 'pagerduty.com/service-id': 'PSWORK1' })],
        now: NOW,
      });
      expect(schedules).toHaveLength(1);
    },
  );

  it('is not asked before it says, in the seconds that are left', async () => {
    standIn.control.addFault({
      fault: {
        kind: 'status',
        status: 429,
        headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': '45' },
      },
    });
    const before = Date.now();
    const error = await failureOf();
    expect(error.code).toBe('rate-limited');
    const waitMs = Number(error.retryAt?.getTime()) - before;
    expect(Math.abs(waitMs - 45_000)).toBeLessThan(5_000);
  });

  it('may refuse without saying until when', async () => {
    standIn.control.addFault({ fault: { kind: 'status', status: 429 } });
    const error = await failureOf();
    expect(error.code).toBe('rate-limited');
    expect(error.retryAt).toBeUndefined();
  });

  it('gives its own reason, also where that is by field', async () => {
    standIn.control.addFault({
      fault: {
        kind: 'status',
        status: 400,
        body: {
          error: {
            message: 'Invalid Input Provided',
            code: 2001,
            errors: { since: ['Since is too far away'] },
          },
        },
      },
    });
    await expect(failureOf()).resolves.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining(
        '"Invalid Input Provided; Since is too far away"',
      ),
    });
  });
});
