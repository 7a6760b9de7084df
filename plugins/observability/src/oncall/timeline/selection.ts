import {
  Override,
  Schedule,
  ScheduleShifts,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Lane, LaneBar } from './lanes';

/** A bar of what holds in the end, and its level. */
export interface Selection {
  bar: LaneBar;
  level: string;
}

/** The chosen bar as it is now; nothing where a newer answer has none like it. */
export function stillThere(
  selected: Selection | undefined,
  lanes: readonly Lane[],
): Selection | undefined {
  const bar = lanes
    .find(({ level }) => level === selected?.level)
    ?.bars.find(
      ({ key, type }) =>
        key === selected?.bar.key && type === selected.bar.type,
    );
  return bar && selected && { bar, level: selected.level };
}

/** All that is known of a shift or a gap. */
export interface ShiftFacts extends Selection {
  /** References; empty for a gap. */
  people: readonly string[];
  /** Who would have the watch without the change behind it. */
  replaced?: string;
  override?: Override;
  swap?: Swap;
  /** What the rotation says for its start, where something lies above it. */
  underneath?: { people: readonly string[]; layer: string };
  /** Who has the watch at another level meanwhile. */
  twoLevels: readonly { person: string; level: string }[];
}

/** Finds what belongs to a shift: the change behind it, what lies underneath, what it brings with it. */
export function factsOf(
  { bar, level }: Selection,
  known: {
    answer: Pick<ScheduleShifts, 'shifts'>;
    overrides: readonly Override[];
    swaps: readonly Swap[];
    layers: readonly Lane[];
  },
): ShiftFacts {
  const { answer, overrides, swaps, layers } = known;
  if (bar.type !== 'shift') {
    return { bar, level, people: [], twoLevels: [] };
  }
  const { people, source } = bar.shift;
  const override = overrides.find(({ id }) => id === source.id);
  const swap = swaps.find(({ id }) => id === source.id);
  const twoLevels = answer.shifts
    .filter(
      shift =>
        shift.level !== level &&
        Date.parse(shift.start) < bar.end &&
        Date.parse(shift.end) > bar.start,
    )
    .flatMap(shift =>
      shift.people
        .filter(person => people.includes(person))
        .map(person => ({ person, level: shift.level })),
    );
  return {
    bar,
    level,
    people,
    replaced: override?.remove ?? swap?.from,
    override,
    swap,
    underneath:
      override || swap ? underneathOf(bar.start, level, layers) : undefined,
    twoLevels: twoLevels.filter(
      (one, index) =>
        twoLevels.findIndex(
          other => other.person === one.person && other.level === one.level,
        ) === index,
    ),
  };
}

function underneathOf(at: number, level: string, layers: readonly Lane[]) {
  for (const { level: other, layer, bars } of layers) {
    const bar = bars.find(({ start, end }) => start <= at && at < end);
    if (other === level && layer !== undefined && bar?.type === 'shift') {
      return { people: bar.shift.people, layer };
    }
  }
  return undefined;
}

/** All who are named in a definition. */
export function membersOf(definition: Schedule | undefined): string[] {
  return (
    definition?.levels
      .flatMap(level => level.layers.flatMap(layer => layer.members.flat()))
      .filter(member => member !== null) ?? []
  );
}

/** Who has the watch at a level in some part of a stretch, as the lanes show it. */
export function peopleAt(
  lanes: readonly Lane[],
  stretch: { level: string; start: number; end: number },
): string[] {
  return lanes
    .filter(({ level }) => level === stretch.level)
    .flatMap(({ bars }) => bars)
    .flatMap(bar =>
      bar.type === 'shift' && bar.start < stretch.end && bar.end > stretch.start
        ? bar.shift.people
        : [],
    );
}
