import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const id = { provider: 'fake', instance: 'default' };
const metric = 'uptime.responseMs';
const at = (time: string) => new Date(`2026-11-${time}Z`);
const never = new AbortController().signal;

describe('packed samples', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let world: TestWorld;
    let targetId: number;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      world = new TestWorld({ knex });
      world.entities = [testEntity('component:default/web', { ids: 'one' })];
      await world.follow();
      await world.collection.beginCycle(id, 'cycle', world.now);
      [{ id: targetId }] = await world.collection.targetsOf(id);
    });

    /** Stores samples, as a cycle that began then would. */
    async function write(
      now: Date,
      samples: [time: Date, value: number, subject?: string][],
    ): Promise<void> {
      const record = {
        targetId,
        requested: false,
        news: true,
        readings: [],
        failures: [],
        samples: samples.map(([time, value, subject]) => ({
          metric,
          at: time,
          value,
          subject,
        })),
      };
      await world.collection.record(
        id,
        'cycle',
        [record],
        now,
        async () => undefined,
      );
    }

    const pack = (before: Date) =>
      world.collection.packSamples({ before, signal: never });

    const read = (
      resolution: 'hour' | 'day',
      from = at('01T00:00:00'),
      to = at('30T00:00:00'),
    ) =>
      world.read.series({
        targetId,
        metric,
        from: from.getTime() / 1000,
        to: to.getTime() / 1000,
        resolution,
      });

    /** One sample a minute, from one instant to another; the values differ. */
    function minutes(
      from: Date,
      to: Date,
      subject?: string,
    ): [Date, number, string?][] {
      const count = (to.getTime() - from.getTime()) / 60_000;
      return Array.from({ length: count }, (_, index) => [
        new Date(from.getTime() + index * 60_000),
        100 + ((index * 7919) % 1000) / 8,
        subject,
      ]);
    }

    it('answer as they did before, with percentiles, in a tenth of the rows', async () => {
      for (const subject of ['a', 'b']) {
        await write(
          at('24T03:00:00'),
          minutes(at('22T22:00:00'), at('24T02:00:00'), subject),
        );
      }
      const before = [await read('hour'), await read('day')];
      expect(before[0][0].points).toHaveLength(28);
      expect(before[1].map(({ subject }) => subject)).toEqual(['a', 'b']);
      for (const { points } of before.flat()) {
        for (const { p50, p95, min, max, value } of points) {
          expect(min).toBeLessThanOrEqual(p50!);
          expect(p50).toBeLessThan(p95!);
          expect(p95).toBeLessThanOrEqual(max);
          expect(value).toBeGreaterThan(min);
        }
      }

      await pack(at('24T01:00:00'));
      const after = [await read('hour'), await read('day')];
      const rounded = (lists: typeof before) =>
        JSON.parse(
          JSON.stringify(lists, (_, value) =>
            typeof value === 'number' ? Number(value.toPrecision(6)) : value,
          ),
        );
      expect(rounded(after)).toEqual(rounded(before));
      await expect(knex('samples_daily')).resolves.toHaveLength(4);
      // Today goes on.
      await expect(knex('samples_hourly')).resolves.toHaveLength(4);

      const parts = await read('hour', at('23T05:30:00'), at('23T07:00:00'));
      expect(parts[0].points.map(point => point.at)).toEqual([
        '2026-11-23T06:00:00.000Z',
      ]);
      // Whole days, also at the ends.
      const days = await read('day', at('23T05:30:00'), at('24T00:30:00'));
      expect(days[0].points.map(({ count }) => count)).toEqual([1440, 120]);
    });

    it('take in what comes late, once', async () => {
      await write(at('24T02:00:00'), [
        [at('23T10:10:00'), 100],
        [at('23T11:10:00'), 300],
      ]);
      await pack(at('24T02:00:00'));
      const late: [Date, number][] = [
        [at('23T10:10:00'), 999],
        [at('23T10:20:00'), 200],
        [at('23T12:00:00'), 50],
      ];
      await write(at('24T03:00:00'), late);
      const unpacked = await read('hour');
      await pack(at('24T04:00:00'));
      await write(at('24T05:00:00'), late);
      await pack(at('24T06:00:00'));

      expect(
        unpacked[0].points.map(({ value, count, p95 }) => [value, count, p95]),
      ).toEqual([
        [150, 2, 200],
        [300, 1, 300],
        [50, 1, 50],
      ]);
      await expect(read('hour')).resolves.toEqual(unpacked);
      const [{ points }] = await read('day');
      expect(points).toEqual([
        {
          at: '2026-11-23T00:00:00.000Z',
          value: 162.5,
          min: 50,
          max: 300,
          count: 4,
          p50: 100,
          p95: 300,
        },
      ]);
    });

    it('take over hours of a history that were not known, and none twice', async () => {
      const history: [Date, number][] = [
        [at('10T08:10:00'), 100],
        [at('10T08:50:00'), 300],
      ];
      await write(at('24T12:00:00'), history);
      await pack(at('24T13:00:00'));
      await write(at('24T13:00:00'), [...history, [at('10T09:00:00'), 50]]);
      await pack(at('24T14:00:00'));
      await write(at('24T14:00:00'), [...history, [at('10T09:00:00'), 50]]);
      await expect(knex('samples_hourly')).resolves.toEqual([]);
      const [hours] = await read('hour');
      // Their samples were never kept one by one.
      expect(hours.points).toEqual([
        {
          at: '2026-11-10T08:00:00.000Z',
          value: 200,
          min: 100,
          max: 300,
          count: 2,
        },
        {
          at: '2026-11-10T09:00:00.000Z',
          value: 50,
          min: 50,
          max: 50,
          count: 1,
        },
      ]);
      const [days] = await read('day');
      expect(days.points).toEqual([
        {
          at: '2026-11-10T00:00:00.000Z',
          value: 150,
          min: 50,
          max: 300,
          count: 3,
        },
      ]);
    });

    it('lose their hours first, and go with their day', async () => {
      for (const day of ['20', '21', '22']) {
        await write(at(`${day}T23:00:00`), [[at(`${day}T10:00:00`), 100]]);
      }
      await pack(at('23T02:00:00'));
      const expire = (hourlySamples: Date, dailySamples: Date) =>
        world.collection.deleteExpired({
          rawSamples: at('01T00:00:00'),
          hourlySamples,
          dailySamples,
          signal: never,
        });
      const starts = async (resolution: 'hour' | 'day') =>
        (await read(resolution)).flatMap(({ points }) =>
          points.map(point => point.at.slice(8, 10)),
        );
      await expect(expire(at('21T15:00:00'), at('20T15:00:00'))).resolves.toBe(
        1,
      );
      await expect(starts('hour')).resolves.toEqual(['21', '22']);
      await expect(starts('day')).resolves.toEqual(['20', '21', '22']);

      // The vendor still has that history: its day is known as it is.
      await write(at('23T12:00:00'), [[at('20T10:00:00'), 999]]);
      await pack(at('23T13:00:00'));
      await expect(starts('hour')).resolves.toEqual(['21', '22']);

      await expect(expire(at('22T00:00:00'), at('21T23:00:00'))).resolves.toBe(
        2,
      );
      await expect(starts('day')).resolves.toEqual(['21', '22']);
    });

    it('tell no percentiles of a day whose samples are gone in part', async () => {
      await write(at('23T12:00:00'), [
        [at('23T01:00:00'), 100],
        [at('23T11:00:00'), 300],
      ]);
      await world.collection.deleteExpired({
        rawSamples: at('23T09:00:00'),
        hourlySamples: at('01T00:00:00'),
        dailySamples: at('01T00:00:00'),
        signal: never,
      });
      const open = [await read('hour'), await read('day')];
      await pack(at('24T02:00:00'));
      for (const [hours, days] of [
        open,
        [await read('hour'), await read('day')],
      ]) {
        expect(hours[0].points.map(({ p50 }) => p50)).toEqual([undefined, 300]);
        expect(days[0].points.map(({ p50 }) => p50)).toEqual([undefined]);
      }
    });

    it('are packed a few series at a time, and not once the task is stopped', async () => {
      await write(
        at('23T12:00:00'),
        Array.from({ length: 60 }, (_, index) => [
          at('23T10:00:00'),
          index,
          `s${index}`,
        ]),
      );
      await expect(
        world.collection.packSamples({
          before: at('24T02:00:00'),
          signal: AbortSignal.abort(),
        }),
      ).rejects.toThrow('aborted');
      await expect(knex('samples_daily')).resolves.toEqual([]);
      await pack(at('24T02:00:00'));
      await expect(knex('samples_daily')).resolves.toHaveLength(60);
      await expect(knex('samples_hourly')).resolves.toEqual([]);
    });
  });
});
