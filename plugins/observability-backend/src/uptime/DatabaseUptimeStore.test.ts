import { TestDatabases } from '@backstage/backend-test-utils';
import {
  dayOf,
  MonitorReading,
  MonitorState,
} from '@watchkeeper/backstage-plugin-observability-common';
import { MonitorHistory } from '@watchkeeper/backstage-plugin-observability-node';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
  statementsOf,
} from '../__testUtils__/databases';
import { MonitorsReading } from '../collection/MonitorRecorder';
import { DatabaseUptimeStore } from './DatabaseUptimeStore';

jest.setTimeout(120_000);

const FAKE = { provider: 'fake', instance: 'default' };
const signal = new AbortController().signal;
const at = (instant: string) => new Date(`2026-11-${instant}Z`);
const seconds = (instant: string) => at(instant).getTime() / 1000;

type Monitor = Partial<MonitorReading> & { id: string };

/** A reading at an instant, of a source that is read each minute. */
function reading(
  targetId: number,
  instant: string,
  monitors: Monitor[] | undefined,
  history: MonitorHistory[] = [],
): MonitorsReading {
  const observedAt = at(instant);
  return {
    targetId,
    observedAt,
    staleAt: new Date(observedAt.getTime() + 180_000),
    monitors: monitors?.map(monitor => ({
      name: `Monitor ${monitor.id}`,
      type: 'http',
      state: 'up' as MonitorState,
      ...monitor,
    })),
    history,
  };
}

/** A store over a database that knows some targets, from 1 on. */
async function openStore(
  databases: TestDatabases,
  id: Parameters<TestDatabases['init']>[0],
  targets = 2,
) {
  const knex = await openTestDatabase(databases, id);
  await knex.batchInsert(
    'targets',
    Array.from({ length: targets }, (_, index) => ({
      ...FAKE,
      target_key: `target-${index + 1}`,
      kinds: '["uptime"]',
      candidate: false,
    })),
    500,
  );
  const store = new DatabaseUptimeStore(knex);
  const record = (...readings: MonitorsReading[]) =>
    knex.transaction(trx => store.record(trx, FAKE, readings));
  return { knex, store, record };
}

/** The stored intervals of a monitor, in words. */
async function intervalsOf(knex: Knex, key: string): Promise<string[]> {
  const rows = await knex('monitor_intervals')
    .join('monitors', 'monitors.id', 'monitor_intervals.monitor_id')
    .where('monitors.monitor_id', key)
    .orderBy('started_at')
    .select('monitor_intervals.*');
  const written = (time: unknown) =>
    time === null
      ? ''
      : new Date(Number(time) * 1000).toISOString().slice(8, 19);
  return rows.map(row =>
    [
      row.state,
      `${written(row.started_at)}/${written(row.ended_at)}`,
      ...(row.reason ? [row.reason] : []),
    ].join(' '),
  );
}

async function contentsOf(knex: Knex) {
  return {
    monitors: await knex('monitors').orderBy('id'),
    links: await knex('target_monitors').orderBy(['target_id', 'position']),
    intervals: await knex('monitor_intervals').orderBy([
      'monitor_id',
      'started_at',
    ]),
  };
}

describe('DatabaseUptimeStore', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('%p', id => {
    it('keeps what a monitor did as intervals', async () => {
      const { knex, record } = await openStore(databases, id);
      await record(reading(1, '24T12:00:00', [{ id: 'a' }]));
      await record(reading(1, '24T12:01:00', [{ id: 'a' }]));
      const down = reading(1, '24T12:02:00', [
        {
          id: 'a',
          state: 'down',
          since: '2026-11-24T12:01:20.500Z',
          reason: 'HTTP 503\0',
        },
      ]);
      await record(down);
      await record(reading(1, '24T12:03:00', [{ id: 'a' }]));
      // A reading without data says that all is as it was.
      await record(reading(1, '24T12:04:00', undefined));
      expect(await intervalsOf(knex, 'a')).toEqual([
        'up 24T12:00:00/24T12:01:20',
        'down 24T12:01:20/24T12:03:00 HTTP 503',
        'up 24T12:03:00/',
      ]);

      // The source fails for ten minutes.
      await record(reading(1, '24T12:14:00', [{ id: 'a' }]));
      expect((await intervalsOf(knex, 'a')).slice(2)).toEqual([
        'up 24T12:03:00/24T12:04:00',
        'up 24T12:14:00/',
      ]);

      const known = await contentsOf(knex);
      await record(reading(1, '24T12:14:00', [{ id: 'a' }]));
      await record(down);
      expect(await contentsOf(knex)).toEqual(known);
    });

    it('lets the past that a vendor knows replace what was seen', async () => {
      const { knex, record } = await openStore(databases, id);
      await record(reading(1, '24T12:00:00', [{ id: 'a' }, { id: 'b' }]));
      await record(
        reading(1, '24T12:14:00', [
          { id: 'a', state: 'maintenance' },
          { id: 'b' },
        ]),
      );
      await record(reading(1, '24T12:15:00', [{ id: 'a' }, { id: 'b' }]));
      const told = reading(
        1,
        '24T12:16:00',
        [{ id: 'a' }, { id: 'b' }],
        [
          {
            monitorId: 'a',
            from: at('20T00:00:00'),
            intervals: [
              {
                state: 'down',
                startedAt: at('24T12:05:00'),
                endedAt: at('24T12:14:30'),
                reason: 'Timeout',
              },
              { state: 'down', startedAt: new Date(Number.NaN) },
            ],
          },
          { monitorId: 'not read', from: at('20T00:00:00'), intervals: [] },
          { monitorId: 'b', from: new Date(Number.NaN), intervals: [] },
        ],
      );
      await record(told);
      expect(await intervalsOf(knex, 'a')).toEqual([
        'up 20T00:00:00/24T12:05:00',
        'down 24T12:05:00/24T12:14:00 Timeout',
        'maintenance 24T12:14:00/24T12:15:00',
        'up 24T12:15:00/',
      ]);
      expect(await intervalsOf(knex, 'b')).toEqual(['up 24T12:14:00/']);
      const known = await contentsOf(knex);
      await record(told);
      expect(await contentsOf(knex)).toEqual(known);
    });

    it('keeps one past of a monitor that several targets hold, and which hold it now', async () => {
      const { knex, store, record } = await openStore(databases, id);
      await record(
        reading(1, '24T12:00:00', [{ id: 'b' }, { id: 'a' }, { id: 'b' }]),
        reading(2, '24T12:00:00', [{ id: 'a' }]),
      );
      await record(
        reading(2, '24T12:01:10', [{ id: 'a', state: 'down' }]),
        reading(1, '24T12:01:00', [
          { id: 'b' },
          { id: 'a', name: 'Renamed', url: 'https://crm.example.com' },
        ]),
      );
      const monitors = await store.monitorsOf([1, 2], 0);
      expect(monitors.map(({ targetId, key }) => [targetId, key])).toEqual([
        [1, 'b'],
        [1, 'a'],
        [2, 'a'],
      ]);
      expect(monitors[1]).toMatchObject({
        name: 'Renamed',
        url: 'https://crm.example.com',
        timeline: {
          state: 'down',
          knownSince: seconds('24T12:00:00'),
          observedAt: seconds('24T12:01:10'),
          staleAt: seconds('24T12:04:10'),
          intervals: [
            { state: 'up', endedAt: seconds('24T12:01:10') },
            { state: 'down', endedAt: null },
          ],
        },
      });
      expect(monitors[2].timeline).toEqual(monitors[1].timeline);

      await record(reading(1, '24T12:02:00', [{ id: 'b' }]));
      expect((await store.monitorsOf([1, 2], 0)).map(({ key }) => key)).toEqual(
        ['b', 'a'],
      );
      // Its past stays, whoever names it next.
      expect(await intervalsOf(knex, 'a')).toHaveLength(2);
    });

    it('takes no more statements for a thousand monitors than for one', async () => {
      const { knex, record } = await openStore(databases, id, 1000);
      const readings = (count: number, instant: string) =>
        Array.from({ length: count }, (_, index) =>
          reading(index + 1, instant, [{ id: `m${index}` }]),
        );
      await record(...readings(1000, '24T12:00:00'));
      const one = await statementsOf(knex, () =>
        record(...readings(1, '24T12:01:00')),
      );
      const hundred = await statementsOf(knex, () =>
        record(...readings(100, '24T12:02:00')),
      );
      expect(hundred).toHaveLength(one.length);
      const writes = hundred.filter(
        sql => !/^(select|BEGIN|COMMIT)/i.test(sql),
      );
      expect(writes).toHaveLength(1);
      await expect(
        knex('monitors').where('observed_at', seconds('24T12:02:00')),
      ).resolves.toHaveLength(100);
    });

    it('sums up the days that are over, once, and again when their past has changed', async () => {
      const { knex, store, record } = await openStore(databases, id);
      const sumUp = (instant: string) =>
        store.sumUpDays({ now: at(instant), notBefore: new Date(0), signal });
      const days = async () =>
        (await knex('monitor_days').orderBy('day')).map(
          ({ day, up, down, outages }) => [
            new Date(day * 86_400_000).toISOString().slice(8, 10),
            up,
            down,
            outages,
          ],
        );
      await record(reading(1, '21T18:00:00', [{ id: 'a' }]));
      await record(
        reading(1, '23T23:59:00', [
          { id: 'a', since: '2026-11-21T18:00:00.000Z' },
        ]),
      );
      // Nobody can tell yet how yesterday ended.
      await sumUp('24T00:01:00');
      expect(await days()).toEqual([
        ['21', 21_600, 0, 0],
        ['22', 86_400, 0, 0],
      ]);
      await sumUp('24T00:03:00');
      expect((await days()).at(-1)).toEqual(['23', 86_340, 0, 0]);

      await record(
        reading(
          1,
          '24T12:00:00',
          [{ id: 'a' }],
          [
            {
              monitorId: 'a',
              from: at('22T00:00:00'),
              intervals: [
                {
                  state: 'down',
                  startedAt: at('22T23:00:00'),
                  endedAt: at('23T01:00:00'),
                },
              ],
            },
          ],
        ),
      );
      // What has changed is not read from the sums meanwhile.
      const span = { firstDay: 0, endDay: dayOf(seconds('30T00:00:00')) };
      const rowId = (await store.monitorsOf([1], 0))[0].rowId;
      expect(
        [...(await store.daysOf([1], span)).get(rowId)!.keys()].map(
          day => day - dayOf(seconds('21T00:00:00')),
        ),
      ).toEqual([0]);

      await sumUp('24T12:00:30');
      const summed = [
        ['21', 21_600, 0, 0],
        ['22', 82_800, 3600, 1],
        ['23', 82_800, 3600, 1],
      ];
      expect(await days()).toEqual(summed);
      await sumUp('24T12:30:00');
      expect(await days()).toEqual(summed);
      await expect(store.sumsOf([1], span)).resolves.toEqual(
        new Map([
          [
            rowId,
            {
              up: 21_600 + 2 * 82_800,
              degraded: 0,
              down: 7200,
              maintenance: 0,
              paused: 0,
            },
          ],
        ]),
      );

      // The vendor takes it all back.
      await record(
        reading(
          1,
          '24T12:31:00',
          [{ id: 'a' }],
          [
            {
              monitorId: 'a',
              from: at('22T00:00:00'),
              intervals: [
                {
                  state: 'unknown',
                  startedAt: at('22T00:00:00'),
                  endedAt: at('23T00:00:00'),
                },
              ],
            },
          ],
        ),
      );
      await sumUp('24T12:32:00');
      expect(await days()).toEqual([
        ['21', 21_600, 0, 0],
        ['23', 86_400, 0, 0],
      ]);
    });

    it('catches up with many monitors', async () => {
      const { knex, store, record } = await openStore(databases, id, 120);
      await record(
        ...Array.from({ length: 120 }, (_, index) =>
          reading(index + 1, '10T12:00:00', [
            { id: `m${index}`, since: '2026-11-09T00:00:00.000Z' },
          ]),
        ),
      );
      await store.sumUpDays({
        now: at('24T12:00:00'),
        notBefore: new Date(0),
        signal,
      });
      // Nothing is known of the days after the only reading.
      await expect(
        knex('monitor_days')
          .groupBy('day')
          .orderBy('day')
          .select('up')
          .count({ count: '*' })
          .groupBy('up'),
      ).resolves.toEqual([
        expect.objectContaining({ up: 86_400 }),
        expect.objectContaining({ up: 43_200 }),
      ]);
      await expect(knex('monitor_days')).resolves.toHaveLength(240);
      await expect(
        knex('monitors').where('summed_until', dayOf(seconds('24T00:00:00'))),
      ).resolves.toHaveLength(120);
    });

    it('deletes what is past its retention, and keeps what straddles it', async () => {
      const { knex, store, record } = await openStore(databases, id);
      await record(
        reading(1, '10T00:00:00', [
          { id: 'a', since: '2026-11-01T00:00:00.000Z' },
          { id: 'b', since: '2026-11-01T00:00:00.000Z' },
        ]),
      );
      await record(reading(1, '10T00:01:00', [{ id: 'a', state: 'down' }]));
      await record(reading(1, '10T00:02:00', [{ id: 'a' }]));
      await store.sumUpDays({
        now: at('12T00:00:00'),
        notBefore: new Date(0),
        signal,
      });
      const remove = (instant: string) =>
        store.deleteExpired({
          outages: at(instant),
          daily: at(instant),
          signal,
        });

      // The first interval of a is over by then; b's last look was before.
      await expect(remove('10T00:01:30')).resolves.toBe(1 + 2 * 9 + 1);
      expect(await intervalsOf(knex, 'a')).toEqual([
        'down 10T00:01:00/10T00:02:00',
        'up 10T00:02:00/',
      ]);
      await expect(knex('monitors').pluck('monitor_id')).resolves.toEqual([
        'a',
      ]);
      await expect(knex('monitor_days').pluck('day')).resolves.toEqual([
        dayOf(seconds('10T00:00:00')),
      ]);
      // One that a target still holds stays, however long it is silent.
      await remove('30T00:00:00');
      await expect(knex('monitors').pluck('monitor_id')).resolves.toEqual([
        'a',
      ]);
    });
  });
});
