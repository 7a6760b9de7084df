import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { testEntity, TestWorld } from '../__testUtils__/TestWorld';
import { TargetRecord } from './CollectionStore';

jest.setTimeout(60_000);

const id = { provider: 'fake', instance: 'default' };
const at = (time: string) => new Date(`2026-11-${time}Z`);
const seconds = (date: Date) => date.getTime() / 1000;
const never = new AbortController().signal;

describe('samples', () => {
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

    /** Stores samples of one metric, as a cycle that began then would. */
    async function write(
      now: Date,
      samples: [time: Date, value: number, subject?: string][],
    ): Promise<void> {
      const record: TargetRecord = {
        targetId,
        requested: false,
        news: true,
        readings: [],
        failures: [],
        samples: samples.map(([time, value, subject]) => ({
          metric: 'performance.p95Ms',
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

    const read = (
      resolution: 'raw' | 'hour' | 'day',
      options: { subject?: string; from?: Date; to?: Date } = {},
    ) =>
      world.read.series({
        targetId,
        metric: 'performance.p95Ms',
        subject: options.subject,
        from: seconds(options.from ?? at('01T00:00:00')),
        to: seconds(options.to ?? at('30T00:00:00')),
        resolution,
      });

    it('counts a sample once, however often a vendor delivers it', async () => {
      const now = at('24T12:00:00');
      await write(now, [
        [at('24T10:10:00'), 100],
        [at('24T10:20:00.500'), 300],
        [at('24T11:05:00'), 50],
      ]);
      await write(now, [
        [at('24T10:20:00.900'), 999],
        [at('24T11:05:00'), 999],
        [at('24T11:15:00'), 150],
      ]);

      await expect(read('raw')).resolves.toEqual([
        {
          subject: '',
          points: [
            { at: '2026-11-24T10:10:00.000Z', value: 100 },
            { at: '2026-11-24T10:20:00.000Z', value: 300 },
            { at: '2026-11-24T11:05:00.000Z', value: 50 },
            { at: '2026-11-24T11:15:00.000Z', value: 150 },
          ].map(point => ({
            ...point,
            min: point.value,
            max: point.value,
            count: 1,
          })),
        },
      ]);
      await expect(read('hour')).resolves.toEqual([
        {
          subject: '',
          points: [
            {
              at: '2026-11-24T10:00:00.000Z',
              value: 200,
              min: 100,
              max: 300,
              count: 2,
              p50: 100,
              p95: 300,
            },
            {
              at: '2026-11-24T11:00:00.000Z',
              value: 100,
              min: 50,
              max: 150,
              count: 2,
              p50: 50,
              p95: 150,
            },
          ],
        },
      ]);
    });

    it('reads subjects apart, from one instant up to another, by day in UTC', async () => {
      await write(at('24T12:00:00'), [
        [at('23T23:59:59'), 10, 'checkout'],
        [at('24T00:00:00'), 20, 'checkout'],
        [at('24T05:00:00'), 40, 'checkout'],
        [at('24T05:30:00'), 600, 'search'],
      ]);
      await expect(read('day')).resolves.toEqual([
        {
          subject: 'checkout',
          points: [
            {
              at: '2026-11-23T00:00:00.000Z',
              value: 10,
              min: 10,
              max: 10,
              count: 1,
              p50: 10,
              p95: 10,
            },
            {
              at: '2026-11-24T00:00:00.000Z',
              value: 30,
              min: 20,
              max: 40,
              count: 2,
              p50: 20,
              p95: 40,
            },
          ],
        },
        {
          subject: 'search',
          points: [
            {
              at: '2026-11-24T00:00:00.000Z',
              value: 600,
              min: 600,
              max: 600,
              count: 1,
              p50: 600,
              p95: 600,
            },
          ],
        },
      ]);
      const [checkout, ...others] = await read('raw', {
        subject: 'checkout',
        from: at('24T00:00:00'),
        to: at('24T05:00:00'),
      });
      expect(others).toEqual([]);
      expect(checkout.points.map(point => point.value)).toEqual([20]);
      await expect(read('hour', { subject: 'unknown' })).resolves.toEqual([]);
    });

    it('sums up no hour twice after its samples have been deleted', async () => {
      const delivered: [Date, number][] = [
        [at('22T08:10:00'), 100],
        [at('22T08:50:00'), 300],
        [at('24T08:10:00'), 10],
      ];
      await write(at('22T09:00:00'), delivered.slice(0, 2));
      await expect(
        world.collection.deleteExpired({
          rawSamples: at('22T08:30:00'),
          hourlySamples: at('01T00:00:00'),
          dailySamples: at('01T00:00:00'),
          signal: never,
        }),
      ).resolves.toBe(1);

      // The vendor's series reaches back further than ours.
      await write(at('24T08:30:00'), delivered);
      await write(at('24T08:31:00'), delivered);
      const [{ points }] = await read('hour');
      expect(points.map(({ value, count }) => [value, count])).toEqual([
        [200, 2],
        [10, 1],
      ]);
    });

    it('takes over the history that a vendor has, an hour at a time', async () => {
      const history: [Date, number][] = [
        [at('10T08:10:00'), 100],
        [at('10T08:50:00'), 300],
        [at('11T09:00:00'), 50],
      ];
      await write(at('24T12:00:00'), history);
      await write(at('24T12:01:00'), history);
      const [{ points }] = await read('hour');
      expect(points.map(({ value, count }) => [value, count])).toEqual([
        [200, 2],
        [50, 1],
      ]);
      await expect(read('raw')).resolves.toEqual([]);
    });

    it('leaves out what cannot be, and keeps the rest', async () => {
      await write(at('24T12:00:00'), [
        [at('24T11:00:00'), NaN],
        [at('24T11:00:01'), Infinity],
        [new Date(NaN), 1],
        [new Date(-1), 2],
        [at('26T12:00:00'), 3],
        [new Date(8.64e15), 4],
        [at('24T11:00:02'), 5, `nul\0 ${'x'.repeat(600)}`],
      ]);
      await expect(read('raw')).resolves.toEqual([
        {
          subject: `nul ${'x'.repeat(508)}`,
          points: [
            {
              at: '2026-11-24T11:00:02.000Z',
              value: 5,
              min: 5,
              max: 5,
              count: 1,
            },
          ],
        },
      ]);
    });

    it('writes thousands of samples at once, and deletes those that are past their retention', async () => {
      const start = at('24T00:00:00').getTime();
      const many = Array.from({ length: 3000 }, (_, index): [Date, number] => [
        new Date(start + index * 10_000),
        index,
      ]);
      await write(at('24T12:00:00'), many);
      const [{ points }] = await read('raw');
      expect(points).toHaveLength(3000);
      expect(points.at(-1)?.value).toBe(2999);

      await expect(
        world.collection.deleteExpired({
          rawSamples: at('24T06:00:00'),
          hourlySamples: at('24T02:00:00'),
          dailySamples: at('24T02:00:00'),
          signal: never,
        }),
      ).resolves.toBe(2160 + 2);
      const [raw] = await read('raw');
      expect(raw.points[0].at).toBe('2026-11-24T06:00:00.000Z');
      const [hourly] = await read('hour');
      expect(hourly.points[0]).toMatchObject({
        at: '2026-11-24T02:00:00.000Z',
        count: 360,
      });

      await expect(
        world.collection.deleteExpired({
          rawSamples: at('25T00:00:00'),
          hourlySamples: at('25T00:00:00'),
          dailySamples: at('25T00:00:00'),
          signal: AbortSignal.abort(),
        }),
      ).rejects.toThrow('aborted');
    });

    it('refuses to answer with more points than one answer should hold', async () => {
      const start = at('24T00:00:00').getTime();
      const [{ id: seriesId }] = await knex('series')
        .insert({
          target_id: targetId,
          metric: 'performance.p95Ms',
          subject: '',
        })
        .returning('id');
      for (let batch = 0; batch < 101; batch++) {
        await knex('samples_raw').insert(
          Array.from({ length: 500 }, (_, index) => ({
            series_id: seriesId,
            at: start / 1000 + batch * 500 + index,
            value: 1,
          })),
        );
      }
      await expect(read('raw')).rejects.toThrow('more than 50000 points');
      await expect(
        read('raw', { to: new Date(start + 50_000_000) }),
      ).resolves.toHaveLength(1);
    });
  });
});
