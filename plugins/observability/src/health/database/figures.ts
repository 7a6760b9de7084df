import {
  DatabaseData,
  STATUS_RANK,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Translate } from '../../shared';
import { levelOfMetric } from '../reasons';
import { limitsOf, SignalOf } from '../signals';

/** What is measured of a database as a share of what it has. */
export const FIGURE_METRICS = [
  'database.cpu',
  'database.memory',
  'database.disk',
  'database.connections',
] as const;

/** See {@link FIGURE_METRICS}. */
export type FigureMetric = (typeof FIGURE_METRICS)[number];

const NAME_KEYS = {
  'database.cpu': 'health.database.figure.cpu',
  'database.memory': 'health.database.figure.memory',
  'database.disk': 'health.database.figure.disk',
  'database.connections': 'health.database.figure.connections',
  'database.connectionCount': 'health.database.figure.connections',
  'database.slowQueryMs': 'health.database.figure.slowQuery',
  'database.backup': 'health.database.figure.backup',
} as const;

function hasName(metric: string): metric is keyof typeof NAME_KEYS {
  return Object.hasOwn(NAME_KEYS, metric);
}

/** What a metric of a database is called where it is plain that it is one's. */
export function figureName(metric: string, t: Translate): string {
  return hasName(metric) ? t(NAME_KEYS[metric]) : metric;
}

/** A measured share, 0..1; `undefined` where it is not measured. */
export function figureOf(
  data: DatabaseData,
  metric: FigureMetric,
): number | undefined {
  switch (metric) {
    case 'database.cpu':
      return data.cpu;
    case 'database.memory':
      return data.memory;
    case 'database.disk':
      return data.disk;
    default: {
      const { used, max } = data.connections ?? { used: 0, max: 0 };
      return max > 0 ? used / max : undefined;
    }
  }
}

/** Past which limit a share is. The number of connections has a limit of its own. */
export function levelOfFigure(
  signal: SignalOf<'database'>,
  metric: FigureMetric,
): 'warning' | 'critical' | undefined {
  const own = levelOfMetric(signal, metric);
  return metric === 'database.connections'
    ? own ?? levelOfMetric(signal, 'database.connectionCount')
    : own;
}

/** The share that is nearest to its limit, or furthest past it. */
export function nearestFigure(
  signal: SignalOf<'database'>,
): { metric: FigureMetric; value: number } | undefined {
  const { data } = signal;
  if (!data) {
    return undefined;
  }
  const [nearest] = FIGURE_METRICS.flatMap(metric => {
    const value = figureOf(data, metric);
    if (value === undefined) {
      return [];
    }
    const { warning, critical } = limitsOf(signal, metric);
    return [
      {
        metric,
        value,
        rank: STATUS_RANK[levelOfFigure(signal, metric) ?? 'ok'],
        nearness: value / (warning ?? critical ?? 1),
      },
    ];
  }).sort((a, b) => b.rank - a.rank || b.nearness - a.nearness);
  return nearest && { metric: nearest.metric, value: nearest.value };
}
