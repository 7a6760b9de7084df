import {
  ScheduleProblem,
  Shift,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  OnCallStore,
  ScheduleReader,
  ScheduleSelection,
  StoredSchedule,
} from '../OnCallStore';
import { ExternalOnCallStore, ExternalSourceId } from './ExternalOnCallStore';

/** The schedules of the portal and those of other masters, read as one. */
export class AllSchedules implements ScheduleReader {
  readonly #own: OnCallStore;
  readonly #external: ExternalOnCallStore;
  readonly #acceptsOverrides: (source: ExternalSourceId) => boolean;

  constructor(options: {
    own: OnCallStore;
    external: ExternalOnCallStore;
    /** Whether overrides can be written back to a source. */
    acceptsOverrides: (source: ExternalSourceId) => boolean;
  }) {
    this.#own = options.own;
    this.#external = options.external;
    this.#acceptsOverrides = options.acceptsOverrides;
  }

  async load(selection: ScheduleSelection): Promise<StoredSchedule[]> {
    const [own, external] = await Promise.all([
      this.#own.load(selection),
      this.#external.load(selection),
    ]);
    for (const { origin, external: answers } of external) {
      origin.acceptsOverrides = this.#acceptsOverrides({
        provider: origin.provider ?? '',
        instance: answers?.instance ?? '',
      });
    }
    return [...own, ...external];
  }

  async namesOf(names: readonly string[]): Promise<ReadonlySet<string>> {
    const [own, external] = await Promise.all([
      this.#own.namesOf(names),
      this.#external.namesOf(names),
    ]);
    return new Set([...own, ...external]);
  }

  async namesByOwner(
    owners: readonly string[],
  ): Promise<Map<string, string[]>> {
    const [own, external] = await Promise.all([
      this.#own.namesByOwner(owners),
      this.#external.namesByOwner(owners),
    ]);
    const found = new Map(own);
    for (const [owner, names] of external) {
      found.set(owner, [...(found.get(owner) ?? []), ...names]);
    }
    return found;
  }

  /** Of other masters, the past is loaded with the schedule. */
  recorded(schedule: string, from: string, to: string): Promise<Shift[]> {
    return this.#own.recorded(schedule, from, to);
  }

  async problems(location?: string): Promise<ScheduleProblem[]> {
    const [own, sources] = await Promise.all([
      this.#own.problems(location),
      this.#external.sources(),
    ]);
    return [
      ...own,
      ...sources.flatMap(({ title, problem }) =>
        problem && (location === undefined || location === title)
          ? [
              {
                location: title,
                message: problem.message,
                since: problem.since,
              },
            ]
          : [],
      ),
    ];
  }
}
