import { Counters, ratesBetween } from './counters';
import { readFigures } from './figures';

const AT = new Date('2026-11-24T13:40:00Z');
const usual = `
node_cpu_seconds_total{cpu="0",mode="idle"} 100
node_cpu_seconds_total{cpu="0",mode="user"} 20
node_cpu_seconds_total{cpu="1",mode="idle"} 90
node_cpu_seconds_total{cpu="1",mode="user"} 30
node_cpu_seconds_total{cpu="1",mode="steal"} NaN
node_memory_MemTotal_bytes 1000
node_memory_MemAvailable_bytes 290
node_filesystem_size_bytes{mountpoint="/"} 100
node_filesystem_avail_bytes{mountpoint="/"} 90
node_filesystem_size_bytes{mountpoint="/data"} 1e3
node_filesystem_avail_bytes{mountpoint="/data"} 380
connection_stats_connection_count{username="a"} 50
connection_stats_connection_count{username="b"} 21
max_connections_connection_count 100
pg_stat_database_num_backends 99
pg_stat_database_blks_hit_total 900
pg_stat_database_blks_read_total 100
pg_database_size_bytes{datname="postgres"} 5
pg_database_size_bytes{datname="template1"} 2
pg_settings_default_transaction_read_only 0
pg_status_in_recovery 0
pg_up 1
physical_replication_lag_physical_replication_lag_seconds 0
`;
const without = (name: string) =>
  usual
    .split('\n')
    .filter(line => !line.startsWith(name))
    .join('\n');

describe('a scrape', () => {
  it('becomes figures: sums over processors and users, the disk of the data', () => {
    const figures = readFigures(usual, AT);
    expect(figures).toEqual({
      memory: expect.closeTo(0.71, 10),
      disk: expect.closeTo(0.62, 10),
      connectionsUsed: 71,
      connectionsMax: 100,
      sizeBytes: 7,
      readOnly: false,
      standby: false,
      up: true,
      replicationLagSeconds: undefined,
      counters: {
        at: AT.toISOString(),
        idleSeconds: 190,
        allSeconds: 240,
        processors: 2,
        blocksHit: 900,
        blocksRead: 100,
      },
    });
  });

  it.each([
    ['node_memory_MemTotal', 'memory', undefined],
    [
      'node_filesystem_size_bytes{mountpoint="/data"}',
      'disk',
      expect.closeTo(0.1, 10),
    ],
    ['node_filesystem', 'disk', undefined],
    ['connection_stats', 'connectionsUsed', 99],
    ['max_connections', 'connectionsMax', undefined],
    ['pg_settings', 'readOnly', undefined],
    ['pg_database_size_bytes', 'sizeBytes', undefined],
    [
      'node_cpu',
      'counters',
      { at: AT.toISOString(), blocksHit: 900, blocksRead: 100 },
    ],
  ])(
    'without %s says nothing of %s, or takes the next best',
    (name, figure, expected) => {
      const figures = readFigures(without(name), AT);
      expect(figures).toEqual({
        ...readFigures(usual, AT),
        [figure]: expected,
      });
    },
  );

  it('takes what is no number, or no size, for not said', () => {
    const odd = usual
      .replace(
        'node_memory_MemTotal_bytes 1000',
        'node_memory_MemTotal_bytes 0',
      )
      .replace(
        'max_connections_connection_count 100',
        'max_connections_connection_count +Inf',
      )
      .replace('pg_up 1', 'pg_up NaN');
    expect(readFigures(odd, AT)).toMatchObject({
      memory: undefined,
      connectionsMax: undefined,
      up: undefined,
    });
  });

  it('tells the lag of a copy, and of a server that lags anyhow', () => {
    const lag = 'physical_replication_lag_physical_replication_lag_seconds';
    const standby = usual.replace('in_recovery 0', 'in_recovery 1');
    expect(readFigures(standby, AT)).toMatchObject({
      standby: true,
      replicationLagSeconds: 0,
    });
    expect(
      readFigures(usual.replace(`${lag} 0`, `${lag} 2.5`), AT),
    ).toMatchObject({ standby: false, replicationLagSeconds: 2.5 });
  });

  it('that holds nothing known is none', () => {
    expect(readFigures('hello\nworld 1\n', AT)).toBeUndefined();
  });
});

describe('two scrapes', () => {
  const before: Counters = {
    at: AT.toISOString(),
    idleSeconds: 1000,
    allSeconds: 2000,
    processors: 2,
    blocksHit: 900,
    blocksRead: 100,
  };
  const after = (
    seconds: number,
    differs: Partial<Counters> = {},
  ): Counters => ({
    at: new Date(AT.getTime() + seconds * 1000).toISOString(),
    idleSeconds: 1000 + 2 * seconds * 0.26,
    allSeconds: 2000 + 2 * seconds,
    processors: 2,
    blocksHit: 1890,
    blocksRead: 110,
    ...differs,
  });

  it('tell how busy the processors were, and how much was found in memory', () => {
    const { cpu, cacheHit } = ratesBetween(before, after(60));
    expect(cpu).toBeCloseTo(0.74, 10);
    expect(cacheHit).toBeCloseTo(0.99, 10);
  });

  it.each<[string, Counters, Counters]>([
    ['that are at the same instant', before, after(0)],
    ['that follow too soon', before, after(14)],
    ['that are hours apart', before, after(3 * 3600)],
    ['of which the later one is older', after(60), before],
    [
      'between which the machine was started anew',
      before,
      after(60, {
        idleSeconds: 5,
        allSeconds: 10,
        blocksHit: 1,
        blocksRead: 1,
      }),
    ],
    [
      'between which it was started anew and has counted past the old value',
      before,
      after(7000, { idleSeconds: 1400, allSeconds: 2100, blocksRead: 99 }),
    ],
    [
      'between which it got another size',
      before,
      after(60, { processors: 4, blocksHit: 0 }),
    ],
    [
      'that do not count',
      before,
      {
        at: after(60).at,
        idleSeconds: undefined,
        allSeconds: undefined,
        processors: undefined,
      },
    ],
    [
      'in which more was idle than there was',
      before,
      after(60, { idleSeconds: 5000, blocksHit: 900, blocksRead: 100 }),
    ],
  ])('%s tell nothing', (_, one, other) => {
    expect(ratesBetween(one, other)).toEqual({});
  });
});
