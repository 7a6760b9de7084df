import { mockServices } from '@backstage/backend-test-utils';
import { OnCallOverrideRequest } from '@watchkeeper/backstage-plugin-observability-node';
import {
  createStandInClock,
  PAGERDUTY_STAND_IN_TOKENS,
  PagerDutyStandIn,
  startPagerDutyStandIn,
  visionCrmPagerDutyWorld,
} from '@watchkeeper/stand-ins';
import { collect, createProvider, entityWith } from './__testUtils__/harness';

const NOW = new Date('2026-11-24T12:00:00Z');
const WORKER = entityWith({ 'pagerduty.com/service-id': 'PSWORK1' });
const B = { name: 'Engineer B', email: 'engineer-b@visioncrm.example' };
const C = { name: 'Engineer C', email: 'engineer-c@visioncrm.example' };
const CTO = { name: 'CTO', email: 'cto@visioncrm.example' };

describe('an override written to PagerDuty', () => {
  let standIn: PagerDutyStandIn;

  beforeEach(async () => {
    const world = visionCrmPagerDutyWorld();
    world.schedules[0].users = ['PENGB01', 'PENGC01'];
    // B until Monday the 30th at 10:00 in Paris, then C.
    world.schedules[0].firstDay = '2026-11-23';
    world.policies.push({
      id: 'PPSHIFT',
      name: 'Shifts',
      levels: [{ schedules: ['PSHIFT1'] }],
    });
    world.schedules.push({
      ...world.schedules[0],
      id: 'PSHIFT1',
      name: 'Shifts',
      family: 'shifts',
    });
    standIn = await startPagerDutyStandIn({
      clock: createStandInClock({ now: NOW }),
      world,
    });
  });
  afterEach(() => standIn.close());

  function write(
    changes: Partial<OnCallOverrideRequest> = {},
    token?: string,
  ): Promise<{ id: string }> {
    const { override } = createProvider(standIn.url, {
      allowOverrides: true,
      token,
    });
    if (!override) {
      throw new Error('It takes overrides');
    }
    return override({
      scheduleId: 'PPJOBS1',
      level: 'Level 1',
      start: new Date('2026-11-29T09:00:00Z'),
      end: new Date('2026-11-30T12:00:00Z'),
      add: CTO,
      remove: B,
      now: NOW,
      logger: mockServices.logger.mock(),
      ...changes,
    });
  }

  async function firstLevel(): Promise<string[]> {
    const { schedules } = await collect(createProvider(standIn.url), {
      entities: [WORKER],
      now: NOW,
    });
    return schedules[0].shifts
      .filter(({ level }) => level === 'Level 1')
      .slice(0, 3)
      .map(
        ({ start, people: [person] }) => `${person.id} ${start?.toISOString()}`,
      );
  }

  it('replaces a person where that one is on call, and nobody else', async () => {
    await expect(write()).resolves.toEqual({ id: 'QOVERRIDE1' });
    await expect(firstLevel()).resolves.toEqual([
      'PENGB01 2026-11-23T09:00:00.000Z',
      'PCTO001 2026-11-29T09:00:00.000Z',
      // Of the time that was asked for, the rest is C's.
      'PENGC01 2026-11-30T09:00:00.000Z',
    ]);
  });

  it('is refused with PagerDuty’s own reason, and nothing of it stays', async () => {
    const before = await firstLevel();
    standIn.control.addFault({
      match: { method: 'POST', path: '/overrides' },
      fault: {
        kind: 'status',
        status: 201,
        body: [
          { status: 201, override: { id: 'QGONE' } },
          { status: 400, errors: ['Override must end in the future'] },
        ],
      },
    });
    await expect(write()).rejects.toMatchObject({
      code: 'misconfigured',
      message:
        'PagerDuty refuses the override: Override must end in the future',
    });
    expect(
      standIn.control
        .requests()
        .some(
          ({ method, path }) =>
            method === 'DELETE' && path.endsWith('/overrides/QGONE'),
        ),
    ).toBe(true);
    standIn.control.clearFaults();
    await expect(firstLevel()).resolves.toEqual(before);
  });

  it('needs a token that may', async () => {
    await expect(
      write({}, PAGERDUTY_STAND_IN_TOKENS.readOnly),
    ).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('"Access denied"'),
    });
  });

  it.each<[string, Partial<OnCallOverrideRequest>, string]>([
    ['nobody to replace', { remove: undefined }, 'name both'],
    [
      'somebody whom PagerDuty does not know',
      { add: { name: 'Ann', email: 'ann@example.com' } },
      'no user with the e-mail address of Ann',
    ],
    ['somebody without an address', { add: { name: 'Ann' } }, 'of Ann'],
    ['who is not on call then', { remove: CTO }, 'CTO is not on call'],
    [
      'who is on the policy itself',
      { level: 'Level 2', remove: CTO, add: C },
      'without a schedule',
    ],
    ['a schedule made of shifts', { scheduleId: 'PPSHIFT' }, 'made of shifts'],
  ])('is refused for %s', async (_, changes, message) => {
    await expect(write(changes)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining(message),
    });
    expect(
      standIn.control.requests().every(({ method }) => method === 'GET'),
    ).toBe(true);
  });

  it('is not even offered where it is not allowed', () => {
    expect(createProvider(standIn.url).override).toBeUndefined();
  });
});
