import { finiteNumber } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { timeSeriesSchema } from '../api/schemas';

const HOUR_MS = 3_600_000;

/** One hour of a series; without a value nothing was measured. */
export interface HourlyValue {
  /** The hour's beginning, epoch milliseconds. */
  at: number;
  value: number | undefined;
}

/** Hourly values by project (slug or id, as Sentry chose), then by axis such as `count()`. */
export type SeriesByProject = Map<string, Map<string, HourlyValue[]>>;

/** What `events-timeseries` answers: a flat list, in milliseconds. */
export function fromTimeSeries(
  answer: z.infer<typeof timeSeriesSchema>,
): SeriesByProject {
  const series: SeriesByProject = new Map();
  for (const { yAxis, groupBy, meta, values } of answer.timeSeries) {
    const project = groupBy?.find(({ key }) => key.startsWith('project'));
    if (!project || meta?.isOther) continue;
    add(
      series,
      String(project.value),
      yAxis,
      values.map(({ timestamp, value }) => ({ at: timestamp, value })),
    );
  }
  return series;
}

/**
 * What `events-stats` answers: nested by project, then by axis where there are
 * several, in seconds. Where there is nothing to group it leaves out the projects.
 */
export function fromEventsStats(
  answer: Record<string, unknown>,
  axes: string[],
): SeriesByProject {
  const series: SeriesByProject = new Map();
  for (const [project, group] of Object.entries(answer)) {
    if (!isRecord(group) || project === 'Other') continue;
    if (axes.length === 1 && Array.isArray(group.data)) {
      add(series, project, axes[0], toHourlyValues(group.data));
      continue;
    }
    for (const axis of axes) {
      const values = group[axis];
      if (isRecord(values) && Array.isArray(values.data)) {
        add(series, project, axis, toHourlyValues(values.data));
      }
    }
  }
  return series;
}

/** The beginnings of the last hours, oldest first; the last is the one under way. */
export function lastHours(now: Date, hours: number): number[] {
  const current = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  return Array.from(
    { length: hours },
    (_, index) => current - (hours - 1 - index) * HOUR_MS,
  );
}

/** The value of the hour that an instant lies in. */
export function valueAt(
  values: readonly HourlyValue[] | undefined,
  time: number,
): number | undefined {
  const hour = Math.floor(time / HOUR_MS) * HOUR_MS;
  return values?.find(({ at }) => at === hour)?.value;
}

/** `[[seconds, [{ count: n }]], …]` */
function toHourlyValues(data: unknown[]): HourlyValue[] {
  const values: HourlyValue[] = [];
  for (const point of data) {
    if (!Array.isArray(point)) continue;
    const seconds = finiteNumber(point[0]);
    const cell = Array.isArray(point[1]) ? point[1][0] : undefined;
    if (seconds === undefined) continue;
    values.push({
      at: seconds * 1000,
      value: isRecord(cell) ? finiteNumber(cell.count) : undefined,
    });
  }
  return values;
}

function add(
  series: SeriesByProject,
  project: string,
  axis: string,
  values: HourlyValue[],
): void {
  const axes = series.get(project) ?? new Map<string, HourlyValue[]>();
  // A day is asked for by the hour; should buckets be finer, whole hours count.
  axes.set(
    axis,
    values.filter(({ at }) => at % HOUR_MS === 0),
  );
  series.set(project, axes);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
