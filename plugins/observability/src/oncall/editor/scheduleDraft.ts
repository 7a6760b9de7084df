import {
  Layer,
  Level,
  Rotation,
  Schedule,
  Weekday,
} from '@watchkeeper/backstage-plugin-observability-common';

/** A turn: somebody, some together, or nobody on purpose. */
export interface TurnDraft {
  id: string;
  /** Nobody where it is empty: a gap on purpose. */
  people: readonly string[];
  /** It was not there when the editing began. */
  isNew: boolean;
  /** Taken out; it stays in sight until it is saved. */
  isRemoved: boolean;
}

/** A window of a layer as its fields hold it. */
export interface WindowDraft {
  id: string;
  /** None stands for every day. */
  days: readonly Weekday[];
  from: string;
  to: string;
}

/** A layer as its fields hold it. */
export interface LayerDraft {
  id: string;
  name: string;
  turns: readonly TurnDraft[];
  unit: Rotation['unit'];
  /** `NaN` while its field is empty. */
  length: number;
  start: string;
  windows: readonly WindowDraft[];
  /** Instants; empty where there is none. */
  from: string;
  until: string;
}

/** A level as its fields hold it. */
export interface LevelDraft {
  id: string;
  name: string;
  layers: readonly LayerDraft[];
}

/** A schedule as the fields of the editor hold it: also what is not valid yet. */
export interface ScheduleDraft {
  name: string;
  title: string;
  owner: string;
  timeZone: string;
  levels: readonly LevelDraft[];
}

let lastId = 0;
function nextId(): string {
  lastId += 1;
  return `draft-${lastId}`;
}

/** A turn that was not there before. */
export function newTurn(people: readonly string[]): TurnDraft {
  return { id: nextId(), people, isNew: true, isRemoved: false };
}

/** A window of the night, which is what most are for. */
export function newWindow(): WindowDraft {
  return { id: nextId(), days: [], from: '18:00', to: '09:00' };
}

/** A layer without people, by week; its first handoff is on the Monday before. */
export function newLayer(now: number): LayerDraft {
  const monday = new Date(now);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  return {
    id: nextId(),
    name: '',
    turns: [],
    unit: 'week',
    length: 1,
    start: `${monday.toISOString().slice(0, 10)}T09:00`,
    windows: [],
    from: '',
    until: '',
  };
}

/** A level with one layer. */
export function newLevel(name: string, now: number): LevelDraft {
  return { id: nextId(), name, layers: [newLayer(now)] };
}

/** What a new schedule begins with. */
export function newSchedule(options: {
  timeZone: string;
  levelName: string;
  now: number;
}): ScheduleDraft {
  const { timeZone, levelName, now } = options;
  return {
    name: '',
    title: '',
    owner: '',
    timeZone,
    levels: [newLevel(levelName, now)],
  };
}

/** The fields of a definition. */
export function toDraft(schedule: Schedule): ScheduleDraft {
  return {
    name: schedule.name,
    title: schedule.title ?? '',
    owner: schedule.owner ?? '',
    timeZone: schedule.timeZone,
    levels: schedule.levels.map(({ name, layers }) => ({
      id: nextId(),
      name,
      layers: layers.map(toLayerDraft),
    })),
  };
}

function toLayerDraft(layer: Layer): LayerDraft {
  const { unit, length, start } = layer.rotation;
  return {
    id: nextId(),
    name: layer.name ?? '',
    turns: layer.members.map(member => ({
      id: nextId(),
      people: [member].flat().flatMap(person => person ?? []),
      isNew: false,
      isRemoved: false,
    })),
    unit,
    length,
    start,
    windows: (layer.windows ?? []).map(({ days, from, to }) => ({
      id: nextId(),
      days: days ?? [],
      from,
      to,
    })),
    from: layer.from ?? '',
    until: layer.until ?? '',
  };
}

/** The definition that the fields spell; whether it is a good one is for the schema to say. */
export function toDefinition(draft: ScheduleDraft): Schedule {
  const { name, title, owner, timeZone, levels } = draft;
  return {
    name: name.trim(),
    ...(title.trim() && { title: title.trim() }),
    ...(owner && { owner }),
    timeZone,
    levels: levels.map(
      (level): Level => ({
        name: level.name.trim(),
        layers: level.layers.map(toLayer),
      }),
    ),
  };
}

/** The layer that its fields spell. */
export function toLayer(draft: LayerDraft): Layer {
  const { name, turns, unit, length, start, windows, from, until } = draft;
  return {
    ...(name.trim() && { name: name.trim() }),
    members: turns
      .filter(({ isRemoved }) => !isRemoved)
      .map(({ people }) => {
        if (people.length === 0) {
          return null;
        }
        return people.length === 1 ? people[0] : [...people];
      }),
    rotation: { unit, length, start },
    ...(windows.length > 0 && {
      windows: windows.map(({ days, ...times }) => ({
        ...(days.length > 0 && { days: [...days] }),
        from: times.from,
        to: times.to,
      })),
    }),
    ...(from && { from }),
    ...(until && { until }),
  };
}

/** Whether two pieces of a definition say the same. */
export function isSameDefinition(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * In how many places a draft says something else than what is saved: each field
 * of the schedule, each level and each layer counts once.
 */
export function countChanges(
  draft: ScheduleDraft,
  saved: ScheduleDraft,
): number {
  const fields = ['name', 'title', 'owner', 'timeZone'] as const;
  let count = fields.filter(field => draft[field] !== saved[field]).length;
  const layersOf = ({ levels }: ScheduleDraft) =>
    new Map(levels.flatMap(({ layers }) => layers.map(it => [it.id, it])));
  const before = layersOf(saved);
  const after = layersOf(draft);
  for (const [id, layer] of after) {
    const known = before.get(id);
    if (!known || !isSameDefinition(toLayer(layer), toLayer(known))) {
      count++;
    }
  }
  count += [...before.keys()].filter(id => !after.has(id)).length;
  const shapeOf = ({ levels }: ScheduleDraft) =>
    levels.map(({ id, name, layers }) => [id, name, layers.map(it => it.id)]);
  if (count === 0 && !isSameDefinition(shapeOf(draft), shapeOf(saved))) {
    count++;
  }
  return count;
}

/** A list with one item in another place; unchanged where there is no such place. */
export function moveItem<T>(
  items: readonly T[],
  index: number,
  by: number,
): readonly T[] {
  const target = index + by;
  if (target < 0 || target >= items.length) {
    return items;
  }
  const moved = [...items];
  const [item] = moved.splice(index, 1);
  moved.splice(target, 0, item);
  return moved;
}

/** A list with one item replaced, by its id. */
export function replaceItem<T extends { id: string }>(
  items: readonly T[],
  item: T,
): readonly T[] {
  return items.map(other => (other.id === item.id ? item : other));
}
