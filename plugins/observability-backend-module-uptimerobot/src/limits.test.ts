import { JsonObject } from '@backstage/types';
import { TargetResult } from '@watchkeeper/backstage-plugin-observability-node';
import {
  collectAll,
  createCollectRequest,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  largeUptimeRobotMonitorId,
  largeUptimeRobotWorld,
  startUptimeRobotStandIn,
  UptimeRobotStandIn,
  UptimeRobotStandInOptions,
} from '@watchkeeper/stand-ins';
import { createProvider, entityWith, readingOf } from './__testUtils__/harness';

/** Both, or one, of the accounts that the provider has siblings for. */
interface Account {
  standIn: UptimeRobotStandIn;
  /** Runs a cycle over these annotations, one entity each. */
  cycle(annotations: string[], minutes?: number): Promise<TargetResult[]>;
  /** Paths that the last cycle asked. */
  asked(): string[];
}

async function startAccount(
  options: UptimeRobotStandInOptions & { instances?: string[] } = {},
): Promise<Account> {
  const { instances, ...rest } = options;
  const clock = createStandInClock({ now: new Date('2026-11-24T13:40:00Z') });
  const now = () => clock.now();
  const standIn = await startUptimeRobotStandIn({
    clock,
    rateLimitNow: () => now().getTime(),
    ...rest,
  });
  const provider = createProvider(standIn.url, { now, instances });
  const states = new Map<string, JsonObject>();
  let instanceState: JsonObject | undefined;
  return {
    standIn,
    asked: () => standIn.control.requests().map(({ path }) => path),
    cycle: async (annotations, minutes = 0) => {
      clock.advance(minutes * 60_000);
      standIn.control.clearRequests();
      const targets = annotations.flatMap(
        annotation =>
          provider.select(
            entityWith({ 'uptimerobot.com/monitors': annotation }),
          ).targets,
      );
      const { results, state } = await collectAll(
        provider,
        createCollectRequest({
          now: now(),
          instanceState,
          targets: targets.map(target => ({
            ...target,
            candidate: target.candidate ?? false,
            requested: false,
            state: states.get(target.key),
          })),
        }),
      );
      instanceState = state;
      for (const result of results) {
        if (result.state) states.set(result.key, result.state);
      }
      return results;
    },
  };
}

const first = String(largeUptimeRobotMonitorId(0));
const last = String(largeUptimeRobotMonitorId(499));

describe('an account that is larger than the limit', () => {
  let account: Account;
  afterEach(() => account.standIn.close());

  it('gives the past and the response times of every page, in the older API too', async () => {
    account = await startAccount({
      world: largeUptimeRobotWorld({ monitors: 500 }),
      v3Keys: 'none',
    });
    const cutShort = await account.cycle([first, last]);
    const goneOn = await account.cycle([first, last], 1);

    expect(cutShort).toEqual([]);
    for (const result of goneOn) {
      const { history, samples, data } = readingOf(result);
      expect(history).toMatchObject([{ monitorId: result.key }]);
      expect(samples?.length).toBeGreaterThan(0);
      expect(data?.monitors[0].responseMs).toEqual(expect.any(Number));
    }
  });

  it('has the states of 500 monitors read again within the minute', async () => {
    account = await startAccount({
      world: largeUptimeRobotWorld({ monitors: 500 }),
    });
    await account.cycle([first]);
    await account.cycle([first], 1);
    account.standIn.control.changeScenario({
      monitor: Number(last),
      state: 'down',
    });
    const [result] = await account.cycle([last], 1 / 3);
    expect(readingOf(result).data?.monitors[0].state).toBe('down');
  });
});

describe('the past', () => {
  let account: Account;
  afterEach(() => account.standIn.close());

  it('is read whole for a monitor that is new, though others were read a moment ago', async () => {
    account = await startAccount();
    const [homepage, database] = ['777749801', '777749803'];
    await account.cycle([homepage]);
    for (const state of ['down', 'up'] as const) {
      account.standIn.control.changeScenario({ monitor: 'Homepage', state });
      await account.cycle([homepage], 6);
    }
    account.standIn.control.changeScenario({
      monitor: 'Database Connection',
      state: 'down',
    });
    let from: Date | undefined;
    for (let minute = 0; minute < 12; minute += 1) {
      const results = await account.cycle([homepage, database], 1);
      const added = results.find(({ key }) => key === database);
      for (const one of readingOf(added).history ?? []) {
        from = from && from < one.from ? from : one.from;
      }
    }
    const days = (new Date('2026-11-24').getTime() - Number(from)) / 86_400_000;
    expect(days).toBeGreaterThan(88);
  });

  it('is not read again and again for monitors that this account does not have', async () => {
    account = await startAccount({ instances: ['one', 'two'] });
    const theirs = ['777749801', '5', 'apiKey=one,monitors=777749803+6'];
    const asked: string[] = [];
    for (let minute = 0; minute < 40; minute += 1) {
      await account.cycle(theirs, minute === 0 ? 0 : 1);
      asked.push(
        ...account.standIn.control
          .requests()
          .filter(({ path }) => path === '/v3/incidents')
          .map(({ query }) => query.started_after[0].slice(0, 7)),
      );
    }
    // Whole the first time; then each quarter of an hour what is new.
    expect(asked).toEqual(['2026-08', '2026-11', '2026-11']);
  });
});
