import { Layer } from '../model/OnCall';
import { Interval } from './intervals';
import { RotationGrid, Turn } from './RotationGrid';
import { TimeZone } from './TimeZone';
import { openTimes } from './windows';

/** A part of a turn, or all of it, in which a layer answers. */
export interface Piece extends Interval {
  layer: LayerPlan;
  turn: Turn;
  /** Nobody where the place in the rotation is a gap on purpose. */
  people: readonly string[];
}

/** A layer, ready to be asked. */
export class LayerPlan {
  readonly definition: Layer;
  readonly grid: RotationGrid;
  /** As people are told of it: its name, or else its number. */
  readonly label: string;
  /** As keys name it. The two kinds cannot be taken for each other: names are encoded. */
  readonly key: string;
  readonly #zone: TimeZone;
  readonly #from: number;
  readonly #until: number;

  static create(definition: Layer, index: number, zone: TimeZone): LayerPlan {
    return new LayerPlan(definition, index, zone);
  }

  private constructor(definition: Layer, index: number, zone: TimeZone) {
    const { name, rotation, from, until } = definition;
    this.definition = definition;
    this.grid = RotationGrid.create(rotation, zone);
    this.label = name ?? String(index + 1);
    this.key = name === undefined ? `@${index}` : encodeURIComponent(name);
    this.#zone = zone;
    this.#from = from === undefined ? -Infinity : Date.parse(from);
    this.#until = until === undefined ? Infinity : Date.parse(until);
  }

  /**
   * What the layer covers of the turns that have a part between two instants, in
   * order. Turns are whole, so that the answer for a turn never depends on what
   * was asked.
   */
  piecesBetween(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    const { members, windows } = this.definition;
    const since = Math.max(from, this.#from);
    const until = Math.min(to, this.#until);
    if (members.length === 0 || since >= until) {
      return pieces;
    }
    for (const turn of this.grid.turnsBetween(since, until)) {
      const people = peopleOf(members[turn.index % members.length]);
      const open = windows
        ? openTimes(windows, this.#zone, turn.start, turn.end)
        : [turn];
      for (const time of open) {
        const start = Math.max(time.start, turn.start, this.#from);
        const end = Math.min(time.end, turn.end, this.#until);
        if (start < end) {
          pieces.push({ start, end, layer: this, turn, people });
        }
      }
    }
    return pieces;
  }
}

function peopleOf(member: Layer['members'][number]): readonly string[] {
  if (member === null) {
    return [];
  }
  return typeof member === 'string' ? [member] : [...new Set(member)];
}
