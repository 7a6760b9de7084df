import { Schedule, ScheduleVersion } from '../model/OnCall';
import { Override, Swap } from '../model/OnCallShifts';
import { Change, Changes, prepareChanges } from './changes';
import { Interval } from './intervals';
import { LayerPlan } from './LayerPlan';
import { TimeZone } from './TimeZone';
import { FIRST_INSTANT, LAST_INSTANT } from './wallClock';

/** A schedule: as it is, or with all that it was and will be. @public */
export type ScheduleDefinition =
  | {
      schedule: Schedule;
    }
  | {
      /** In any order. */
      versions: readonly ScheduleVersion[];
    };

/** A schedule with what people changed by hand.
 * @public */
export type ScheduleWithChanges = ScheduleDefinition & {
  overrides?: readonly Override[];
  swaps?: readonly Swap[];
};

/** A level, ready to be asked. */
export interface LevelPlan {
  name: string;
  layers: LayerPlan[];
}

/** A definition and the time in which it is in force. */
export interface VersionPlan extends Interval {
  schedule: Schedule;
  zone: TimeZone;
  levels: LevelPlan[];
}

/** A schedule, ready to be asked. */
export interface SchedulePlan {
  name: string;
  /** In order; they touch and do not overlap. */
  versions: VersionPlan[];
  changes: Changes;
  /** Swaps whose shift was gone, or that nobody took in time. */
  expired: readonly Swap[];
  /** The changes that altered something in what was asked so far. */
  effective: Set<Change>;
}

export function planSchedule(definition: ScheduleWithChanges): SchedulePlan {
  const versions =
    'schedule' in definition
      ? [planVersion(definition.schedule, -Infinity, Infinity)]
      : planVersions(definition.versions);
  const name = versions[0]?.schedule.name ?? '';
  return {
    name,
    versions,
    changes: prepareChanges(
      name,
      definition.overrides ?? [],
      definition.swaps ?? [],
    ),
    expired: (definition.swaps ?? []).filter(
      ({ state, schedule }) => state === 'expired' && schedule === name,
    ),
    effective: new Set(),
  };
}

function planVersions(versions: readonly ScheduleVersion[]): VersionPlan[] {
  const inOrder = versions
    .map(({ definition, effectiveFrom }) => ({
      definition,
      start: Date.parse(effectiveFrom),
    }))
    .sort((a, b) => a.start - b.start);
  const plans: VersionPlan[] = [];
  inOrder.forEach(({ definition, start }, index) => {
    const end = inOrder[index + 1]?.start ?? Infinity;
    if (start < end) {
      plans.push(planVersion(definition, start, end));
    }
  });
  return plans;
}

function planVersion(
  schedule: Schedule,
  start: number,
  end: number,
): VersionPlan {
  const zone = TimeZone.of(schedule.timeZone);
  return {
    schedule,
    start,
    end,
    zone,
    levels: schedule.levels.map(({ name, layers }) => ({
      name,
      layers: layers.map((layer, index) =>
        LayerPlan.create(layer, index, zone),
      ),
    })),
  };
}

/** Reads an instant; throws where it is none or lies outside the years that schedules know. */
export function parseInstant(text: string): number {
  const instant = Date.parse(text);
  if (!(instant >= FIRST_INSTANT && instant <= LAST_INSTANT)) {
    throw new RangeError(
      `"${text.slice(0, 60)}" is not an instant from 1970 to 2100`,
    );
  }
  return instant;
}
