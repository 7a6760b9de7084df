import type { ProjectModel } from './ProjectModel';

type Labels = Record<string, string>;

interface Family {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** The exporter that it comes from. */
  service: 'db' | 'postgresql' | 'gotrue';
  series: { suffix?: string; labels?: Labels; value: number }[];
}

const SERVER = { server: 'localhost:5432' };
/** How the time of a busy processor is spent, in parts of it. */
const BUSY_MODES: Record<string, number> = {
  user: 0.71,
  system: 0.18,
  iowait: 0.07,
  softirq: 0.02,
  steal: 0.02,
  nice: 0,
  irq: 0,
};

/**
 * What the metrics endpoint says of a project: text in Prometheus' exposition
 * format, with the oddities that real ones have (values that are no numbers,
 * labels with quotes and backslashes, numbers with an exponent).
 */
export function writeExposition(project: ProjectModel, nowMs: number): string {
  const { ref, state } = project;
  const lines: string[] = [];
  for (const family of familiesOf(project, nowMs)) {
    if (state.withoutFamilies.includes(family.name)) continue;
    lines.push(`# HELP ${family.name} ${family.help}`);
    lines.push(`# TYPE ${family.name} ${family.type}`);
    for (const { suffix = '', labels, value } of family.series) {
      const written = writeLabels({
        supabase_project_ref: ref,
        supabase_identifier: ref,
        service_type: family.service,
        ...labels,
      });
      lines.push(`${family.name}${suffix}{${written}} ${writeValue(value)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function familiesOf(project: ProjectModel, nowMs: number): Family[] {
  return [
    ...machineFamilies(project, nowMs),
    ...databaseFamilies(project, nowMs),
  ];
}

function machineFamilies(project: ProjectModel, nowMs: number): Family[] {
  const { cpus, memoryBytes, diskBytes } = project.definition;
  const { busy, idle } = project.processorSeconds(nowMs);
  const disk = (mountpoint: string, device: string) => ({
    device,
    device_error: '',
    fstype: 'ext4',
    mountpoint,
  });
  const data = disk('/data', '/dev/nvme1n1');
  const root = disk('/', '/dev/nvme0n1p2');
  const rootBytes = 10_464_022_528;
  return [
    {
      name: 'node_cpu_seconds_total',
      help: 'Seconds that the processors spent in each mode.',
      type: 'counter',
      service: 'db',
      series: Array.from({ length: cpus }, (_, cpu) => [
        { labels: { cpu: String(cpu), mode: 'idle' }, value: idle },
        ...Object.entries(BUSY_MODES).map(([mode, part]) => ({
          labels: { cpu: String(cpu), mode },
          value: busy * part,
        })),
      ]).flat(),
    },
    {
      name: 'node_load1',
      help: 'Load average of a minute.',
      type: 'gauge',
      service: 'db',
      series: [{ value: project.state.cpu * cpus }],
    },
    {
      name: 'node_memory_MemTotal_bytes',
      help: 'Memory, all of it.',
      type: 'gauge',
      service: 'db',
      series: [{ value: memoryBytes }],
    },
    {
      name: 'node_memory_MemAvailable_bytes',
      help: 'Memory that programs can still have.',
      type: 'gauge',
      service: 'db',
      series: [{ value: memoryBytes * (1 - project.memoryAt(nowMs)) }],
    },
    {
      name: 'node_filesystem_size_bytes',
      help: 'Size of the file system.',
      type: 'gauge',
      service: 'db',
      series: [
        { labels: root, value: rootBytes },
        { labels: data, value: diskBytes },
      ],
    },
    {
      name: 'node_filesystem_avail_bytes',
      help: 'What is left of the file system.',
      type: 'gauge',
      service: 'db',
      series: [
        { labels: root, value: rootBytes * 0.41 },
        { labels: data, value: diskBytes * (1 - project.state.disk) },
      ],
    },
    {
      name: 'pgbouncer_databases_current_connections',
      help: 'Connections of the pooler by "database".',
      type: 'gauge',
      service: 'db',
      series: [
        { labels: { database: 'the "old" one\\copy, {2}' }, value: 0 },
        { labels: { database: 'postgres' }, value: 9 },
      ],
    },
  ];
}

function databaseFamilies(project: ProjectModel, nowMs: number): Family[] {
  const { state, definition } = project;
  const { hit, read } = project.blocks(nowMs);
  const used = project.connectionsAt(nowMs);
  const application = Math.round(used * 0.8);
  const own = Math.min(used - application, 6);
  const postgresql = (
    name: string,
    type: 'counter' | 'gauge',
    help: string,
    series: Family['series'],
  ): Family => ({
    name,
    type,
    help,
    service: 'postgresql',
    series: series.map(one => ({
      ...one,
      labels: { ...SERVER, ...one.labels },
    })),
  });
  const follows = state.replicationLagSeconds !== undefined;
  return [
    postgresql('pg_up', 'gauge', 'Whether the server answers.', [{ value: 1 }]),
    postgresql(
      'connection_stats_connection_count',
      'gauge',
      'Connections by who made them.',
      [
        { labels: { username: 'authenticator' }, value: application },
        { labels: { username: 'supabase_admin' }, value: own },
        { labels: { username: 'other' }, value: used - application - own },
      ],
    ),
    postgresql(
      'max_connections_connection_count',
      'gauge',
      'Connections that there may be.',
      [{ value: state.connections.max }],
    ),
    postgresql('pg_stat_database_num_backends', 'gauge', 'Backends.', [
      { value: used },
    ]),
    postgresql(
      'pg_stat_database_blks_hit_total',
      'counter',
      'Blocks found in memory.',
      [{ value: hit }],
    ),
    postgresql(
      'pg_stat_database_blks_read_total',
      'counter',
      'Blocks that were not.',
      [{ value: read }],
    ),
    postgresql(
      'pg_stat_database_most_recent_reset',
      'gauge',
      'When statistics were reset.',
      [{ value: Number.NaN }],
    ),
    postgresql(
      'pg_settings_default_transaction_read_only',
      'gauge',
      'Whether nothing can be written.',
      [{ value: state.readOnly ? 1 : 0 }],
    ),
    postgresql('pg_status_in_recovery', 'gauge', 'Whether it is a copy.', [
      { value: follows ? 1 : 0 },
    ]),
    postgresql(
      'physical_replication_lag_physical_replication_lag_seconds',
      'gauge',
      'How far a copy is behind.',
      [{ value: state.replicationLagSeconds ?? 0 }],
    ),
    postgresql(
      'physical_replication_lag_is_connected_to_primary',
      'gauge',
      'Whether a copy has its server.',
      [{ value: follows ? 1 : 0 }],
    ),
    postgresql(
      'replication_slots_max_lag_bytes',
      'gauge',
      'How far the slowest slot is behind.',
      [{ value: Number.NaN }],
    ),
    {
      name: 'pg_database_size_bytes',
      help: 'Size by database.',
      type: 'gauge',
      service: 'postgresql',
      series: [
        { labels: { datname: 'postgres' }, value: definition.sizeBytes },
        { labels: { datname: 'template0' }, value: 7_758_543 },
        { labels: { datname: 'template1' }, value: 7_758_543 },
      ],
    },
    {
      name: 'http_server_duration',
      help: 'How long requests to sign-in take.',
      type: 'histogram',
      service: 'gotrue',
      series: [
        { suffix: '_bucket', labels: { le: '5' }, value: 180 },
        { suffix: '_bucket', labels: { le: '+Inf' }, value: 214 },
        { suffix: '_sum', value: 1.2e-7 },
        { suffix: '_count', value: 214 },
      ],
    },
    {
      name: 'process_virtual_memory_max_bytes',
      help: 'How much it may take.',
      type: 'gauge',
      service: 'gotrue',
      series: [{ value: Number.POSITIVE_INFINITY }],
    },
  ];
}

function writeLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => {
      const escaped = value
        .replace(/\\/g, '\\\\')
        .replace(/"/g, '\\"')
        .replace(/\n/g, '\\n');
      return `${name}="${escaped}"`;
    })
    .join(',');
}

function writeValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  // As Go writes them.
  return value >= 1e9 ? value.toExponential() : String(value);
}
