import { startSentry, stopAll } from './__testUtils__/harness';
import { slugOf, wideWorld } from './__testUtils__/world';

jest.setTimeout(300_000);

const MINUTE = 60_000;
/** Until here the events before the beginning are out of sight. */
const PAST = 80 * MINUTE;

afterEach(stopAll);

const quiet = slugOf(0);
const other = slugOf(1);
const keys = [`acme/${quiet}`, `acme/${other}`];

async function startTwoQuietProjects() {
  const sentry = await startSentry({ world: wideWorld({ projects: 2 }) });
  const { runner, clock, standIn } = sentry;
  clock.advance(PAST);
  await runner.run({ keys, now: clock.now() });
  clock.advance(MINUTE);
  standIn.control.clearRequests();
  return sentry;
}

describe('a cycle in which nothing happened', () => {
  it('asks three things of Sentry, says everything that is measured, and repeats no data', async () => {
    const { standIn, clock, runner } = await startTwoQuietProjects();
    const results = await runner.run({ keys, now: clock.now() });
    expect(standIn.control.requestCounts().total).toBe(3);
    const errors = results.reading(keys[0], 'errors');
    expect(errors.data).toBe(undefined);
    expect(errors.measurements).toEqual([
      { metric: 'errors.count', value: 0 },
      { metric: 'errors.rate', value: 0, count: 200 },
    ]);
    expect(results.reading(keys[0], 'performance').measurements).toHaveLength(
      1,
    );
    expect(results.reading(keys[0], 'releases').data).toBe(undefined);
  });

  it('nevertheless reads everything again in time, a little in each', async () => {
    const { standIn, clock, runner } = await startTwoQuietProjects();
    const read: string[] = [];
    for (let minute = 0; minute < 12; minute++) {
      const results = await runner.run({ keys, now: clock.now() });
      for (const key of keys) {
        if (results.reading(key, 'errors').data) read.push(key);
      }
      clock.advance(MINUTE);
    }
    expect(read.sort()).toEqual([...keys, ...keys].sort());
    expect(standIn.control.requestCounts().total).toBeLessThan(12 * 3 + 45);
  });
});

describe('an event', () => {
  it('has the details read of its own project alone, until the errors are over', async () => {
    const { standIn, clock, runner } = await startTwoQuietProjects();
    standIn.control.changeScenario({ project: quiet, events: 4 });
    clock.advance(5_000);
    const during = await runner.run({ keys, now: clock.now() });
    const { data, measurements } = during.reading(keys[0], 'errors');
    expect(measurements[0]).toEqual({ metric: 'errors.count', value: 4 });
    expect(data).toMatchObject({
      rate: 4 / 200,
      issues: [expect.objectContaining({ shortId: 'WIDE-0' })],
      trend: expect.arrayContaining([expect.objectContaining({ count: 4 })]),
    });
    expect(during.reading(keys[1], 'errors').data).toBe(undefined);
    const asked = standIn.control
      .requests()
      .filter(({ path }) => path.endsWith('/issues/'));
    expect(asked.map(({ query }) => query.project)).toEqual([['7000000']]);

    clock.advance(MINUTE);
    const same = await runner.run({ keys, now: clock.now() });
    expect(same.reading(keys[0], 'errors').data).toBe(undefined);
    expect(same.reading(keys[0], 'errors').measurements[0].value).toBe(4);

    clock.advance(5 * MINUTE);
    const after = await runner.run({ keys, now: clock.now() });
    expect(after.reading(keys[0], 'errors')).toMatchObject({
      measurements: [
        { metric: 'errors.count', value: 0 },
        { metric: 'errors.rate', value: 0 },
      ],
      data: { rate: 0, events: data!.events },
    });
  });

  it('that came while nothing was read is found afterwards', async () => {
    const { standIn, clock, runner } = await startTwoQuietProjects();
    await runner.run({ keys, now: clock.now() });
    clock.advance(2 * MINUTE);
    standIn.control.changeScenario({ project: other, events: 3 });
    // Far beyond the usual window, and not long enough for everything to be old.
    clock.advance(8 * MINUTE);
    standIn.control.clearRequests();
    const results = await runner.run({ keys, now: clock.now() });
    expect(results.reading(keys[1], 'errors')).toMatchObject({
      measurements: [
        { metric: 'errors.count', value: 0 },
        { metric: 'errors.rate', value: 0 },
      ],
      data: { issues: [expect.objectContaining({ shortId: 'WIDE-1' })] },
    });
  });
});

describe('what leaves no event behind', () => {
  it('is found at once when somebody asks, and by itself within ten minutes', async () => {
    const { standIn, clock, runner } = await startSentry();
    const shop = ['acme/shop'];
    const shownIn = async (requested: string[]) => {
      const results = await runner.run({
        keys: shop,
        now: clock.now(),
        requested,
      });
      return results
        .reading('acme/shop', 'errors')
        .data?.issues.map(({ shortId }) => shortId);
    };
    expect(await shownIn([])).toEqual(['SHOP-2', 'SHOP-1']);
    standIn.control.changeScenario({ issue: 'SHOP-1', status: 'resolved' });
    expect(await shownIn(shop)).toEqual(['SHOP-2']);
    standIn.control.changeScenario({ issue: 'SHOP-1', status: 'unresolved' });
    clock.advance(10 * MINUTE);
    expect(await shownIn([])).toEqual(['SHOP-2', 'SHOP-1']);
  });
});

describe('a release', () => {
  it('is shown in the cycle after it was made, and its new issues count for a day', async () => {
    const { clock, runner } = await startSentry();
    clock.advance(-5 * 60 * MINUTE);
    const shop = 'acme/shop';
    const read = async () => {
      const results = await runner.run({ keys: [shop], now: clock.now() });
      const { data, measurements } = results.reading(shop, 'releases');
      return {
        versions: data?.releases.map(({ version }) => version),
        newIssues: measurements.find(
          ({ metric }) => metric === 'releases.newIssues',
        ),
      };
    };
    const subject = { id: 'shop@1.1.0', name: 'shop@1.1.0' };
    expect(await read()).toMatchObject({ versions: ['shop@1.0.0'] });
    clock.advance(61 * MINUTE);
    expect(await read()).toEqual({
      versions: ['shop@1.1.0', 'shop@1.0.0'],
      newIssues: { metric: 'releases.newIssues', subject, value: 0 },
    });
    // The issue of the new release comes half an hour after it.
    clock.advance(45 * MINUTE);
    expect((await read()).newIssues).toMatchObject({ subject, value: 1 });
    clock.advance(10 * 60 * MINUTE);
    expect((await read()).newIssues).toMatchObject({ subject, value: 1 });
    clock.advance(14 * 60 * MINUTE);
    expect((await read()).newIssues).toBe(undefined);
  });
});

describe('when half of all projects fail at once', () => {
  it('every project is measured at once, and details follow within the limit of each cycle', async () => {
    const { standIn, clock, runner } = await startSentry({
      world: wideWorld({ projects: 240 }),
    });
    clock.advance(PAST);
    const all = Array.from({ length: 240 }, (_, i) => `acme/${slugOf(i)}`);
    await runner.run({ keys: all, now: clock.now() });
    clock.advance(MINUTE);
    const failing = standIn.control
      .changeScenario({ projects: 120, events: 60 })
      .map(slug => `acme/${slug}`);
    clock.advance(3_000);

    const waiting = new Set(failing);
    for (let cycle = 0; waiting.size > 0 && cycle < 5; cycle++) {
      standIn.control.clearRequests();
      const results = await runner.run({ keys: all, now: clock.now() });
      expect(standIn.control.requestCounts().total).toBeLessThanOrEqual(40);
      for (const key of failing) {
        const { measurements, data } = results.reading(key, 'errors');
        expect(measurements[0]).toEqual({ metric: 'errors.count', value: 60 });
        if (data) waiting.delete(key);
      }
      clock.advance(MINUTE);
    }
    expect([...waiting]).toEqual([]);
  });
});

describe('a thousand projects of which twenty change', () => {
  it('cost at most forty requests a cycle, and no limit of Sentry is reached', async () => {
    const { standIn, clock, runner } = await startSentry({
      world: wideWorld({ projects: 1000 }),
    });
    clock.advance(PAST);
    const all = Array.from({ length: 1000 }, (_, i) => `acme/${slugOf(i)}`);
    const first = await runner.run({ keys: all, now: clock.now() });
    expect(first.all).toHaveLength(1000);
    expect(standIn.control.requestCounts().byStatus).not.toHaveProperty('429');
    for (const key of all) {
      expect(first.reading(key, 'errors').data).toBeTruthy();
      expect(first.reading(key, 'performance').data).toBeTruthy();
      expect(first.reading(key, 'releases').data).toBeTruthy();
    }

    for (const minutes of [1, 1, 31, 1]) {
      clock.advance(minutes * MINUTE);
      const slugs = standIn.control.changeScenario({ projects: 20 });
      clock.advance(3_000);
      standIn.control.clearRequests();
      const results = await runner.run({ keys: all, now: clock.now() });
      const { total, byStatus } = standIn.control.requestCounts();
      expect(total).toBeLessThanOrEqual(40);
      expect(byStatus).toEqual({ 200: total });
      for (const slug of slugs) {
        const { data, measurements } = results.reading(
          `acme/${slug}`,
          'errors',
        );
        expect(measurements[0]).toEqual({ metric: 'errors.count', value: 3 });
        expect(data?.issues[0]).toMatchObject({ level: 'error' });
      }
    }
  });
});
