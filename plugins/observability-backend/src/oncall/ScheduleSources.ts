import {
  LoggerService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  Schedule,
  ScheduleOrigin,
  ScheduleProblem,
} from '@watchkeeper/backstage-plugin-observability-common';
import { OnCallSignals } from './OnCallSignals';
import { OnCallStore, StoredSchedule } from './OnCallStore';
import { Definitions, readDefinitions, readYaml } from './readDefinitions';
import { readLocation } from './readLocation';
import { iso } from './scheduleAnswers';
import { ShiftRecorder } from './ShiftRecorder';

const CONFIG_KEY = 'observability.onCall.schedules';

/**
 * Keeps the schedules that stand in the configuration and in files.
 *
 * What is new comes into force when it is seen, and what is gone ends then. A
 * source that cannot be read keeps its schedules as they were last, and says so;
 * so does a single definition that cannot be used.
 */
export class ScheduleSources {
  readonly #store: OnCallStore;
  readonly #recorder: ShiftRecorder;
  readonly #signals: OnCallSignals;
  readonly #reader: UrlReaderService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #inConfig: unknown;
  readonly #locations: string[];

  constructor(options: {
    config: RootConfigService;
    store: OnCallStore;
    recorder: ShiftRecorder;
    signals: OnCallSignals;
    reader: UrlReaderService;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#recorder = options.recorder;
    this.#signals = options.signals;
    this.#reader = options.reader;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
    const { config } = options;
    this.#inConfig = config.getOptional(CONFIG_KEY) ?? [];
    const locations = config.getOptional('observability.onCall.locations');
    this.#locations = [locations ?? []]
      .flat()
      .filter(location => typeof location === 'string');
  }

  /** Reads every source once. */
  async run(signal: AbortSignal): Promise<void> {
    const before = JSON.stringify(await this.#store.problems());
    let changes = await this.#endForgotten();
    changes += await this.#sync({ type: 'config', location: CONFIG_KEY }, () =>
      Array.isArray(this.#inConfig)
        ? { definitions: readDefinitions(this.#inConfig) }
        : fail('must be a list of schedules'),
    );
    for (const location of this.#locations) {
      if (signal.aborted) {
        return;
      }
      changes += await this.#sync({ type: 'file', location }, async () => {
        const etag = await this.#store.etagOf(location);
        const read = await readLocation(this.#reader, {
          location,
          etag,
          signal,
        });
        return read && { definitions: readYaml(read.text), etag: read.etag };
      });
    }
    const after = JSON.stringify(await this.#store.problems());
    if (changes > 0 || before !== after) {
      await this.#signals.publish();
    }
  }

  /** Returns how many schedules changed. */
  async #sync(
    origin: ScheduleOrigin & { location: string },
    read: () => Result | Promise<Result>,
  ): Promise<number> {
    const { location } = origin;
    let result: Result;
    try {
      result = await read();
    } catch (error) {
      await this.#report(location, [
        { message: `${location} ${(error as Error).message}` },
      ]);
      return 0;
    }
    if (!result) {
      return 0;
    }
    const { definitions, etag } = result;
    const { changes, problems } = await this.#apply(origin, definitions);
    await this.#report(location, problems, etag);
    return changes;
  }

  async #apply(
    origin: ScheduleOrigin & { location: string },
    definitions: Definitions,
  ): Promise<{ changes: number; problems: Definitions['problems'] }> {
    const problems = [...definitions.problems];
    const now = iso(this.#now());
    const stored = await this.#stored(now);
    const createdBy = origin.location;
    let changes = 0;
    for (const definition of definitions.schedules) {
      const known = stored.find(({ name }) => name === definition.name);
      if (!known) {
        await this.#store.create({ definition, origin, createdBy, now });
        changes++;
      } else if (known.deletedAt !== undefined && known.origin.type !== 'api') {
        await this.#store.revive({ definition, origin, createdBy, now });
        changes++;
      } else if (!isFrom(known, origin)) {
        problems.push({
          schedule: definition.name,
          message: `Schedule ${
            definition.name
          }: the name is that of a schedule which ${
            known.origin.location === undefined
              ? 'is kept in the portal'
              : `stands in ${known.origin.location}`
          }; names are not used twice`,
        });
      } else if (!isSame(known.versions.at(-1)?.definition, definition)) {
        await this.#store.edit({
          definition,
          version: known.version,
          effectiveFrom: now,
          createdBy,
          now,
        });
        changes++;
      }
    }

    const kept = new Set([
      ...definitions.schedules.map(({ name }) => name),
      ...definitions.problems.map(({ schedule }) => schedule),
    ]);
    for (const known of definitions.isPartial ? [] : stored) {
      if (isFrom(known, origin) && !known.deletedAt && !kept.has(known.name)) {
        await this.#recorder.end(known.name, now);
        changes++;
      }
    }
    return { changes, problems };
  }

  /** Ends what stands in sources that are no longer configured. */
  async #endForgotten(): Promise<number> {
    const now = iso(this.#now());
    const locations = [CONFIG_KEY, ...this.#locations];
    await this.#store.keepSources(locations);
    let changes = 0;
    for (const { name, origin, deletedAt } of await this.#stored(now)) {
      if (
        !deletedAt &&
        (origin.type === 'file' || origin.type === 'config') &&
        !locations.includes(origin.location ?? '')
      ) {
        await this.#recorder.end(name, now);
        changes++;
      }
    }
    return changes;
  }

  /** A problem that was there before keeps the time since when it is. */
  async #report(
    location: string,
    found: Definitions['problems'],
    etag?: string,
  ): Promise<void> {
    const before = await this.#store.problems(location);
    const problems = found.map((problem): ScheduleProblem => {
      const message = problem.message.slice(0, 2000);
      const known = before.find(each => each.message === message);
      if (!known) {
        this.#logger.warn(`On-call schedules: ${message}`);
      }
      return {
        ...problem,
        location,
        message,
        since: known?.since ?? iso(this.#now()),
      };
    });
    await this.#store.saveSource({
      location,
      problems,
      // What could not be used is tried again.
      ...(problems.length === 0 ? { etag } : {}),
    });
  }

  async #stored(now: string): Promise<StoredSchedule[]> {
    return this.#store.load({ withDeleted: true, from: now, now });
  }
}

type Result = { definitions: Definitions; etag?: string } | undefined;

function fail(message: string): never {
  throw new Error(message);
}

function isFrom(schedule: StoredSchedule, origin: ScheduleOrigin): boolean {
  return (
    schedule.origin.type === origin.type &&
    schedule.origin.location === origin.location
  );
}

function isSame(one: Schedule | undefined, other: Schedule): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
