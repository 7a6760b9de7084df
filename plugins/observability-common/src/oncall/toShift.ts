import { Shift } from '../model/OnCallShifts';
import { DraftShift } from './draftShifts';

/**
 * Gives a shift its key and its place in the answer.
 *
 * The key is made of what the shift is, not of where it stands in an answer: the
 * schedule, the level, the layer, the time at which the turn should begin, and
 * how far into the turn this part of it begins. So an edit that leaves the turn
 * where it is leaves the key as it is, and a change in the middle of a turn takes
 * nothing away from the parts before and after it. A shift that lies in no turn is
 * named after the override that made it.
 */
export function toShift(draft: DraftShift, schedule: string): Shift {
  const { level } = draft;
  return {
    key: [schedule, encodeURIComponent(level), ...keyOf(draft)].join(':'),
    start: new Date(draft.start).toISOString(),
    end: new Date(draft.end).toISOString(),
    level,
    people: [...draft.people],
    source: sourceOf(draft),
  };
}

/** Why these people have the watch. */
export function sourceOf({ piece, acted }: DraftShift): Shift['source'] {
  const change = acted.at(-1);
  return {
    type: change?.type ?? 'rotation',
    ...(piece && { layer: piece.layer.label }),
    ...(change && { id: change.id }),
  };
}

function keyOf({ piece, acted, start }: DraftShift): (string | number)[] {
  if (piece) {
    return [
      piece.layer.key,
      piece.layer.grid.nominalStart(piece.turn.index),
      (start - piece.turn.start) / 1000,
    ];
  }
  const change = acted[acted.length - 1];
  return ['', encodeURIComponent(change.id), (start - change.start) / 1000];
}

/** Whether two shifts are parts of the same turn, or of the same override where there is no turn. */
export function isSameTurn(one: DraftShift, other: DraftShift): boolean {
  if (!one.piece || !other.piece) {
    return one.piece === other.piece;
  }
  return (
    one.piece.layer.key === other.piece.layer.key &&
    one.piece.layer.grid.nominalStart(one.piece.turn.index) ===
      other.piece.layer.grid.nominalStart(other.piece.turn.index)
  );
}
