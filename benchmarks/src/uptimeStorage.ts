/*
 * How much a year of a thousand monitors takes on PostgreSQL: what they did, the
 * days, and their response times as they are kept (raw for two days, each day
 * with its hours for 90 days, without them for the rest of the year).
 *
 *   POSTGRES_URL=postgres://… yarn workspace @watchkeeper/benchmarks uptime-storage
 *
 * The database must be empty; the tables stay in it.
 */
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import createKnex, { Knex } from 'knex';

const MONITORS = Number(process.env.MONITORS ?? 1000);
const DAYS = 365;
const CHECK_SECONDS = 300;
/** Times that a monitor is not up, over the year: outages of some minutes, maintenance of an hour. */
const OUTAGES = 36;
const MAINTENANCES = 12;
const MB = 1024 * 1024;

const DAY_SECONDS = 86_400;
const NOW = Math.floor(Date.UTC(2026, 10, 25) / 1000);
const START = NOW - DAYS * DAY_SECONDS;

async function main(): Promise<void> {
  if (!process.env.POSTGRES_URL) {
    throw new Error('Set POSTGRES_URL to the address of an empty database');
  }
  const knex = createKnex({
    client: 'pg',
    connection: process.env.POSTGRES_URL,
  });
  try {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@watchkeeper/backstage-plugin-observability-backend',
        'migrations',
      ),
    });
    await fillMonitors(knex);
    await fillSamples(knex);
    await knex.raw('vacuum analyze');
    await printSizes(knex);
  } finally {
    await knex.destroy();
  }
}

async function fillMonitors(knex: Knex): Promise<void> {
  await knex.raw(
    `insert into targets (provider, instance, target_key, kinds, candidate)
     select 'uptimerobot', 'default', 'monitor-' || n, '["uptime"]', false
     from generate_series(1, ?) n`,
    [MONITORS],
  );
  await knex.raw(
    `insert into monitors (provider, instance, monitor_id, name, url, state, since, has_reason, known_since, observed_at, stale_at, summed_until)
     select 'uptimerobot', 'default', (700000000 + n)::text, 'Website ' || n, 'https://service-' || n || '.example.com/health',
       'up', ${NOW - DAY_SECONDS}, false, ${START}, ${NOW}, ${NOW + 900}, ${
      NOW / DAY_SECONDS
    }
     from generate_series(1, ?) n`,
    [MONITORS],
  );
  await knex.raw(
    `insert into target_monitors (target_id, monitor_id, position)
     select targets.id, monitors.id, 0
     from targets join monitors on targets.id = monitors.id`,
  );
  const events = OUTAGES + MAINTENANCES;
  const gap = Math.floor((DAYS * DAY_SECONDS) / events);
  // Of each stretch of time the end is an outage, every fourth one maintenance.
  await knex.raw(
    `insert into monitor_intervals (monitor_id, started_at, ended_at, state, reason)
     select monitors.id, ${START} + event * ${gap}, ${START} + (event + 1) * ${gap} - length, 'up', null
     from monitors, generate_series(0, ${
       events - 1
     }) event, lateral (select case when event % 4 = 3 then 3600 else 60 + (event * 37 + monitors.id) % 900 end as length) lengths
     union all
     select monitors.id, ${START} + (event + 1) * ${gap} - length, ${START} + (event + 1) * ${gap},
       case when event % 4 = 3 then 'maintenance' else 'down' end, case when event % 4 = 3 then null else 'HTTP 503 Service Unavailable' end
     from monitors, generate_series(0, ${
       events - 1
     }) event, lateral (select case when event % 4 = 3 then 3600 else 60 + (event * 37 + monitors.id) % 900 end as length) lengths
     union all
     select monitors.id, ${
       START + events * gap
     }, null, 'up', null from monitors`,
  );
  await knex.raw(
    `insert into monitor_days (monitor_id, day, up, degraded, down, maintenance, paused, outages)
     select monitors.id, day, 86000, 0, 400, 0, 0, 1
     from generate_series(${START / DAY_SECONDS}, ${
      NOW / DAY_SECONDS - 1
    }) day, monitors`,
  );
}

async function fillSamples(knex: Knex): Promise<void> {
  await knex.raw(
    `insert into series (target_id, metric, subject)
     select id, 'uptime.responseMs', (700000000 + id)::text from targets`,
  );
  await knex.raw(
    `insert into samples_raw (series_id, at, value)
     select id, at, 100 + random() * 400
     from generate_series(${NOW - 2 * DAY_SECONDS}, ${
      NOW - 1
    }, ${CHECK_SECONDS}) at, series`,
  );
  // The days that are not over, and the one before.
  await knex.raw(
    `insert into samples_hourly (series_id, at, count, sum, min, max)
     select id, at, 12, 3600 + random() * 100, 100 + random() * 10, 400 + random() * 100
     from generate_series(${NOW - 2 * DAY_SECONDS}, ${
      NOW - 1
    }, 3600) at, series`,
  );
  // Each day as it is written: JSON without spaces.
  const daily = `insert into samples_daily (series_id, day, count, sum, min, max, p50, p95, hours)
     select id, day, 288, 86400 + random() * 1000, 100 + random() * 10, 400 + random() * 100, 290 + random() * 10, 480 + random() * 10,`;
  await knex.raw(
    `${daily} (select replace(json_agg(json_build_array(hour, 12, round(3600 + random() * 1000 + id * 0), round(100 + random() * 10), round(400 + random() * 100), round(290 + random() * 10), round(480 + random() * 10)))::text, ' ', '') from generate_series(0, 23) hour)
     from generate_series(${NOW / DAY_SECONDS - 90}, ${
      NOW / DAY_SECONDS - 1
    }) day, series`,
  );
  await knex.raw(
    `${daily} null
     from generate_series(${START / DAY_SECONDS}, ${
      NOW / DAY_SECONDS - 91
    }) day, series`,
  );
}

async function printSizes(knex: Knex): Promise<void> {
  const { rows } = await knex.raw<{
    rows: { table: string; rows: string; heap: string; total: string }[];
  }>(
    `select relname as table, n_live_tup as rows,
       pg_table_size(relid) as heap, pg_total_relation_size(relid) as total
     from pg_stat_user_tables
     where relname in ('monitors', 'target_monitors', 'monitor_intervals', 'monitor_days', 'series', 'samples_raw', 'samples_hourly', 'samples_daily')
     order by total desc`,
  );
  const inMb = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`;
  console.table(
    rows.map(({ table, rows: count, heap, total }) => ({
      table,
      rows: Number(count),
      table_size: inMb(Number(heap)),
      with_indexes: inMb(Number(total)),
    })),
  );
  const all = rows.reduce((sum, { total }) => sum + Number(total), 0);
  console.log(
    `${MONITORS} monitors, ${DAYS} days: ${inMb(all)} (aim: under 200 MB)`,
  );
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
