import { Interval, mergeIntervals, withoutIntervals } from './intervals';
import { LayerPlan, Piece } from './LayerPlan';

/** What the layers of a level say, and over which time that is known. */
export interface LaidLayers {
  /** In order, without overlaps. Those that have a part in what was asked are whole. */
  pieces: Piece[];
  /** The time that `pieces` and the holes between them describe. */
  known: Interval;
}

/**
 * Lays layers over each other: the first one that covers an instant answers.
 *
 * A piece is cut by the layers above it over all its length, also where that
 * reaches beyond what was asked; otherwise the same shift would begin at one
 * instant for whoever asks about today and at another for whoever asks about the
 * month. So the first pass finds how far the turns in question reach, and the
 * second lays all layers over that time. Layers that lie wholly below others are
 * never looked at.
 */
export function layLayers(
  layers: readonly LayerPlan[],
  from: number,
  to: number,
): LaidLayers {
  let known: Interval = { start: from, end: to };
  let open: Interval[] = [known];
  let depth = 0;
  let onlyPieces: Piece[] = [];
  while (depth < layers.length && open.length > 0) {
    const found: Piece[] = [];
    for (const { start, end } of open) {
      found.push(...layers[depth].piecesBetween(start, end));
    }
    for (const { turn } of found) {
      known = {
        start: Math.min(known.start, turn.start),
        end: Math.max(known.end, turn.end),
      };
    }
    onlyPieces = found;
    const covered = mergeIntervals(found);
    open = open.flatMap(interval => withoutIntervals(interval, covered));
    depth++;
  }
  if (depth <= 1) {
    return { pieces: onlyPieces, known };
  }

  const pieces: Piece[] = [];
  let covered: Interval[] = [];
  for (const layer of layers.slice(0, depth)) {
    const found = layer.piecesBetween(known.start, known.end);
    for (const piece of found) {
      for (const left of withoutIntervals(piece, covered)) {
        pieces.push({ ...piece, ...left });
      }
    }
    covered = mergeIntervals([...covered, ...found]);
  }
  return { pieces: pieces.sort((a, b) => a.start - b.start), known };
}
