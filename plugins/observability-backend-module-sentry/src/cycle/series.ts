import { askEither, DataSet } from '../api/generations';
import {
  fromEventsStats,
  fromTimeSeries,
  HourlyValue,
  SeriesByProject,
} from '../map/series';
import { parseTargetKey } from '../select';
import { Cycle, CycleTarget, inPieces, scopeOf } from './Cycle';

/** Sentry groups a series by no more than so many values. */
export const SERIES_PROJECTS = 10;

/**
 * Hourly series of the projects, by target key and then by axis. A project of
 * which nothing happened has none.
 */
export async function readSeries(
  cycle: Cycle,
  targets: readonly CycleTarget[],
  options: { data: DataSet; axes: string[]; statsPeriod: '24h' | '48h' },
): Promise<Map<string, Map<string, HourlyValue[]>>> {
  const { data, axes, statsPeriod } = options;
  const pieces = await Promise.all(
    inPieces(targets, SERIES_PROJECTS).map(piece =>
      askEither(cycle.generations, 'series', async generation => {
        const query = {
          scope: scopeOf(piece),
          dataset: data.dataset,
          search: data.search,
          axes,
          statsPeriod,
        };
        return generation === 'newer'
          ? fromTimeSeries(await cycle.api.timeSeries(query))
          : fromEventsStats(await cycle.api.eventsStats(query), axes);
      }),
    ),
  );
  const found: SeriesByProject = new Map(pieces.flatMap(piece => [...piece]));
  return new Map(
    targets.map(({ key, project }) => [
      key,
      found.get(project.id) ??
        found.get(parseTargetKey(key).slug) ??
        new Map<string, HourlyValue[]>(),
    ]),
  );
}
