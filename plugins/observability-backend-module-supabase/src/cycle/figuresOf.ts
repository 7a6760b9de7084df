import { TargetState } from './state';

/** The figures of a database, wherever they come from. */
export interface TargetFigures {
  cpu?: number;
  memory?: number;
  disk?: number;
  connections: { used?: number; max?: number };
  cacheHit?: number;
  sizeBytes?: number;
  replicationLagSeconds?: number;
  readOnly?: boolean;
  standby?: boolean;
  /** Whether the server answered whoever wrote the metrics. */
  up?: boolean;
  /** Whether the metrics are of now, and not the last that could be read. */
  areMetricsRead: boolean;
  /** The same of the disk, which also the API tells. */
  isDiskRead: boolean;
  /** What a scrape should have held and did not. */
  missing: string[];
}

/** Puts together what the metrics say, and what the API says where they do not. */
export function figuresOf(state: TargetState): TargetFigures {
  const { metrics, parts } = state;
  const areMetricsRead = metrics !== undefined && !parts.metrics?.failure;
  const fromMetrics = areMetricsRead && metrics.disk !== undefined;
  const fromApi = state.disk !== undefined && parts.diskUsage?.readAt;
  const fromApiNow = fromApi && !parts.diskUsage?.failure;
  return {
    cpu: metrics?.cpu,
    memory: metrics?.memory,
    disk: fromMetrics || !fromApi ? metrics?.disk ?? state.disk : state.disk,
    connections: {
      used: metrics?.connectionsUsed,
      max: metrics?.connectionsMax ?? state.connectionsMax,
    },
    cacheHit: metrics?.cacheHit,
    sizeBytes: metrics?.sizeBytes,
    replicationLagSeconds: metrics?.replicationLagSeconds,
    readOnly: areMetricsRead
      ? metrics.readOnly ?? state.readOnly
      : state.readOnly ?? metrics?.readOnly,
    standby: metrics?.standby,
    up: areMetricsRead ? metrics.up : undefined,
    areMetricsRead,
    isDiskRead: fromMetrics || Boolean(fromApiNow),
    missing: areMetricsRead ? missingOf(state) : [],
  };
}

function missingOf(state: TargetState): string[] {
  const { metrics, connectionsMax, disk } = state;
  if (!metrics) return [];
  const missing: string[] = [];
  const { counters } = metrics;
  if (counters.allSeconds === undefined || counters.idleSeconds === undefined) {
    missing.push('CPU');
  }
  if (metrics.memory === undefined) missing.push('memory');
  if (metrics.disk === undefined && disk === undefined) missing.push('disk');
  if (metrics.connectionsUsed === undefined) missing.push('connections');
  else if ((metrics.connectionsMax ?? connectionsMax) === undefined) {
    missing.push('the most connections');
  }
  return missing;
}
