import { Counters } from './counters';
import { readExposition, Series } from './exposition';

const CPU = 'node_cpu_seconds_total';
const MEMORY = 'node_memory_MemTotal_bytes';
const MEMORY_AVAILABLE = 'node_memory_MemAvailable_bytes';
const DISK = 'node_filesystem_size_bytes';
const DISK_AVAILABLE = 'node_filesystem_avail_bytes';
const CONNECTIONS = 'connection_stats_connection_count';
const BACKENDS = 'pg_stat_database_num_backends';
const MAX_CONNECTIONS = 'max_connections_connection_count';
const BLOCKS_HIT = 'pg_stat_database_blks_hit_total';
const BLOCKS_READ = 'pg_stat_database_blks_read_total';
const LAG = 'physical_replication_lag_physical_replication_lag_seconds';
const IN_RECOVERY = 'pg_status_in_recovery';
const READ_ONLY = 'pg_settings_default_transaction_read_only';
const SIZE = 'pg_database_size_bytes';
const SIZE_MEGABYTES = 'pg_database_size_mb';
const UP = 'pg_up';

const WANTED: ReadonlySet<string> = new Set([
  CPU,
  MEMORY,
  MEMORY_AVAILABLE,
  DISK,
  DISK_AVAILABLE,
  CONNECTIONS,
  BACKENDS,
  MAX_CONNECTIONS,
  BLOCKS_HIT,
  BLOCKS_READ,
  LAG,
  IN_RECOVERY,
  READ_ONLY,
  SIZE,
  SIZE_MEGABYTES,
  UP,
]);

/** The disk that the database is on comes first. */
const MOUNTPOINTS = ['/data', '/'];

/** What one scrape says; what it does not say is not there. */
export interface Figures {
  /** Fractions of all. */
  memory?: number;
  disk?: number;
  connectionsUsed?: number;
  connectionsMax?: number;
  sizeBytes?: number;
  replicationLagSeconds?: number;
  readOnly?: boolean;
  standby?: boolean;
  /** Whether the exporter reached the server. */
  up?: boolean;
  counters: Counters;
}

/** Reads a scrape; nothing where it holds nothing that is known. */
export function readFigures(text: string, at: Date): Figures | undefined {
  const families = readExposition(text, WANTED);
  if (families.size === 0) return undefined;
  const seriesOf = (name: string) =>
    (families.get(name) ?? []).filter(({ value }) => Number.isFinite(value));
  const single = (name: string): number | undefined => seriesOf(name)[0]?.value;
  const sum = (name: string): number | undefined => sumOf(seriesOf(name));
  const flag = (name: string): boolean | undefined => {
    const value = single(name);
    return value === undefined ? undefined : value === 1;
  };

  const standby = flag(IN_RECOVERY);
  const lag = single(LAG);
  const megabytes = single(SIZE_MEGABYTES);
  return {
    memory: usedFraction(single(MEMORY_AVAILABLE), single(MEMORY)),
    disk: diskFraction(seriesOf(DISK), seriesOf(DISK_AVAILABLE)),
    connectionsUsed: sum(CONNECTIONS) ?? sum(BACKENDS),
    connectionsMax: positive(single(MAX_CONNECTIONS)),
    sizeBytes:
      sum(SIZE) ?? (megabytes === undefined ? undefined : megabytes * 1e6),
    // A server that follows none reports a lag of nothing, which is no lag.
    replicationLagSeconds:
      lag !== undefined && lag >= 0 && (standby || lag > 0) ? lag : undefined,
    readOnly: flag(READ_ONLY),
    standby,
    up: flag(UP),
    counters: {
      at: at.toISOString(),
      ...processorCounters(seriesOf(CPU)),
      blocksHit: sum(BLOCKS_HIT),
      blocksRead: sum(BLOCKS_READ),
    },
  };
}

function processorCounters(
  series: Series[],
): Pick<Counters, 'idleSeconds' | 'allSeconds' | 'processors'> {
  const idle = series.filter(({ labels }) => labels.mode === 'idle');
  if (idle.length === 0) return {};
  return {
    idleSeconds: sumOf(idle),
    allSeconds: sumOf(series),
    processors: new Set(idle.map(({ labels }) => labels.cpu)).size,
  };
}

function diskFraction(
  sizes: Series[],
  available: Series[],
): number | undefined {
  for (const mountpoint of MOUNTPOINTS) {
    const isThere = ({ labels }: Series) => labels.mountpoint === mountpoint;
    const fraction = usedFraction(
      available.find(isThere)?.value,
      sizes.find(isThere)?.value,
    );
    if (fraction !== undefined) return fraction;
  }
  return undefined;
}

function usedFraction(
  available: number | undefined,
  all: number | undefined,
): number | undefined {
  if (available === undefined || all === undefined || all <= 0) {
    return undefined;
  }
  return Math.min(1, Math.max(0, 1 - available / all));
}

function sumOf(series: Series[]): number | undefined {
  return series.length === 0
    ? undefined
    : series.reduce((total, { value }) => total + value, 0);
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
