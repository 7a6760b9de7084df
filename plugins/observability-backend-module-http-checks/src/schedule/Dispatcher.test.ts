import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { checkOf } from '../__testUtils__/checks';
import { createTestDatabases, openStores } from '../__testUtils__/stores';
import { CheckAnswer } from '../check/performCheck';
import { HttpCheck } from '../config/HttpCheck';
import { CheckMetrics } from './CheckMetrics';
import { CheckStore } from './CheckStore';
import { Dispatcher } from './Dispatcher';

jest.setTimeout(60_000);

const START = Date.parse('2026-11-24T12:00:00Z');
const GOOD: CheckAnswer = { verdict: 'good', responseMs: 80 };
const FAILED: CheckAnswer = { verdict: 'failed', reason: 'HTTP 500' };

function checks(count: number, interval = '1 minute'): HttpCheck[] {
  return Array.from({ length: count }, (_, index) =>
    checkOf({
      name: `check-${index}`,
      url: 'https://app.acme.example',
      interval,
    }),
  );
}

/** A process of the portal, on a clock that stands still unless it is moved. */
class TestProcess {
  seconds = 0;
  answer: (check: HttpCheck, signal: AbortSignal) => Promise<CheckAnswer> =
    async () => GOOD;
  readonly runs: [name: string, seconds: number][] = [];
  readonly changed: string[][] = [];
  readonly logger = mockServices.logger.mock();
  readonly dispatcher: Dispatcher;

  constructor(
    store: CheckStore,
    options: { checks: HttpCheck[]; maxConcurrent?: number },
  ) {
    this.dispatcher = new Dispatcher({
      store,
      maxConcurrent: 1000,
      ...options,
      perform: (check, signal) => {
        this.runs.push([check.name, this.seconds]);
        return this.answer(check, signal);
      },
      onChanged: keys => this.changed.push(keys),
      logger: this.logger,
      metrics: new CheckMetrics(metricsServiceMock.mock()),
      now: () => new Date(START + this.seconds * 1000),
    });
  }

  /** A turn each second, each waited for. */
  async until(seconds: number): Promise<void> {
    for (; this.seconds < seconds; this.seconds++) {
      await this.dispatcher.turn();
      await this.dispatcher.settle();
    }
  }

  countOf(from: number, to: number): number {
    return this.runs.filter(([, at]) => from <= at && at < to).length;
  }
}

describe('Dispatcher', () => {
  const databases = createTestDatabases();

  it.each(databases.eachSupportedId())(
    'runs each check once an interval, spread over it, on two processes over %p',
    async id => {
      const { store, other } = await openStores(databases, id);
      const all = checks(120);
      const one = new TestProcess(store, { checks: all });
      const two = new TestProcess(other, { checks: all });
      for (let second = 0; second < 240; second++) {
        one.seconds = second;
        two.seconds = second;
        await Promise.all([one.dispatcher.turn(), two.dispatcher.turn()]);
        await Promise.all([one.dispatcher.settle(), two.dispatcher.settle()]);
      }
      // After the first minute, in which each finds its place.
      const steady = [...one.runs, ...two.runs].filter(([, at]) => at >= 60);
      expect(steady).toHaveLength(360);
      const bySecond = new Map<number, number>();
      for (const [, at] of steady) {
        bySecond.set(at, (bySecond.get(at) ?? 0) + 1);
      }
      expect(Math.max(...bySecond.values())).toBeLessThan(12);
      const names = all.map(({ name }) => name);
      for (const name of names) {
        const times = steady
          .filter(run => run[0] === name)
          .map(run => run[1])
          .sort((a, b) => a - b);
        expect(
          times.slice(1).map((time, index) => time - times[index]),
        ).toEqual([60, 60]);
      }
      expect(
        await store.readResults(names, {
          after: new Date(START),
          through: new Date(START + 240_000),
        }),
      ).not.toHaveLength(0);
    },
  );

  it('begins others on time while one hangs, as long as there is room', async () => {
    const { store } = await openStores(databases, 'SQLITE_3');
    const process = new TestProcess(store, {
      checks: checks(6),
      maxConcurrent: 2,
    });
    let end: (answer: CheckAnswer) => void = () => {};
    process.answer = ({ name }) =>
      name === 'check-0'
        ? new Promise(resolve => {
            end = resolve;
          })
        : Promise.resolve(GOOD);
    const names = checks(6).map(({ name }) => name);
    const ended = async () => {
      const stored = await store.read(names);
      return stored.filter(({ state }) => state.checkedAt).length;
    };
    const begun = () => new Set(process.runs.map(([name]) => name));
    for (; process.seconds < 8; process.seconds++) {
      await process.dispatcher.turn();
      // All that began have ended, but for the one that hangs.
      const hanging = begun().has('check-0') ? 1 : 0;
      while ((await ended()) + hanging < begun().size) {
        await new Promise(setImmediate);
      }
    }
    expect([...begun()].sort()).toEqual(names);
    expect(process.runs.filter(([name]) => name === 'check-0')).toHaveLength(1);
    expect(await ended()).toBe(5);
    end(GOOD);
    await process.dispatcher.settle();
    expect(await ended()).toBe(6);
  });

  it('asks again soon when a check fails, and tells its targets when it is another', async () => {
    const { store } = await openStores(databases, 'SQLITE_3');
    const process = new TestProcess(store, { checks: checks(1, '5 minutes') });
    await process.until(2);
    await store.rememberTargets(new Map([['check-0', ['check-0']]]));
    process.answer = async () => FAILED;
    await process.until(400);
    process.runs.length = 0;
    await process.until(640);
    // Down by now: once a minute.
    expect(process.runs).toHaveLength(4);
    expect(process.changed).toEqual([['check-0'], ['check-0']]);
    const [{ state }] = await store.read(['check-0']);
    expect(state).toMatchObject({ state: 'down', reason: 'HTTP 500' });
    const [first, second] = state.changes;
    expect([first.state, second.state]).toEqual(['up', 'down']);
    expect(Date.parse(second.knownAt) - Date.parse(second.at)).toBe(60_000);
  });

  it('does not run at once what became due while nobody was there', async () => {
    const { store } = await openStores(databases, 'SQLITE_3');
    const all = checks(300);
    const before = new TestProcess(store, { checks: all });
    await before.until(120);
    await before.dispatcher.stop();
    const process = new TestProcess(store, { checks: all });
    // When it starts anew, and when its machine has slept.
    for (const start of [4000, 9000]) {
      process.seconds = start;
      await process.until(start + 62);
      expect(process.countOf(start, start + 62)).toBeGreaterThanOrEqual(300);
      for (let second = start; second < start + 62; second++) {
        expect(process.countOf(second, second + 1)).toBeLessThan(40);
      }
    }
  });

  it('stores at its next turn what could not be stored', async () => {
    const { store } = await openStores(databases, 'SQLITE_3');
    const process = new TestProcess(store, { checks: checks(1) });
    const record = jest
      .spyOn(store, 'record')
      .mockRejectedValueOnce(new Error('no connection'));
    await process.until(2);
    expect(process.logger.error).toHaveBeenCalledWith(
      'Results of HTTP checks could not be stored',
      expect.objectContaining({ message: 'no connection' }),
    );
    expect(record).toHaveBeenCalledTimes(1);
    await process.until(3);
    expect(record).toHaveBeenCalledTimes(2);
    expect(process.runs).toHaveLength(1);
    const [{ state }] = await store.read(['check-0']);
    expect(state.state).toBe('up');
  });

  it('leaves what it was doing to another process when it stops', async () => {
    const { store, other } = await openStores(databases, 'SQLITE_3');
    const all = checks(2);
    const stopping = new TestProcess(store, { checks: all });
    stopping.answer = (_check, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    await stopping.dispatcher.turn();
    stopping.seconds = 1;
    await stopping.dispatcher.turn();
    expect(stopping.runs).toHaveLength(2);
    await stopping.dispatcher.stop();
    await stopping.dispatcher.turn();
    expect(stopping.runs).toHaveLength(2);
    expect(stopping.logger.error).not.toHaveBeenCalled();
    const next = new TestProcess(other, { checks: all });
    next.seconds = 2;
    await next.until(3);
    expect(next.runs).toHaveLength(2);
  });
});
