import { ExternalPerson, ExternalShift } from './OnCallProvider';

/** One person on watch at a level, as sources tell it; others may overlap.
 * @public */
export interface ExternalWatch {
  level: string;
  start?: Date;
  end?: Date;
  person: ExternalPerson;
  layer?: string;
}

interface Span {
  start: number;
  end: number;
  watch: ExternalWatch;
}

/**
 * Lays watches of single people side by side: shifts that do not overlap, each
 * with all who have the watch then, everybody once.
 *
 * A shift ends where other people have the watch, and where all turns end
 * together: the same person's next week is another shift, and what a second
 * rotation of the same people does meanwhile cuts none in pieces.
 *
 * @public
 */
export function layWatches(watches: readonly ExternalWatch[]): ExternalShift[] {
  const byLevel = new Map<string, Span[]>();
  for (const watch of watches) {
    const span = {
      start: watch.start?.getTime() ?? -Infinity,
      end: watch.end?.getTime() ?? Infinity,
      watch,
    };
    // Also where an instant is none.
    if (span.start < span.end) {
      byLevel.set(watch.level, [...(byLevel.get(watch.level) ?? []), span]);
    }
  }
  return [...byLevel].flatMap(([level, spans]) => layLevel(level, spans));
}

function layLevel(level: string, spans: readonly Span[]): ExternalShift[] {
  const sorted = [...spans].sort((a, b) => compareInstants(a.start, b.start));
  const edges = [
    ...new Set(sorted.flatMap(({ start, end }) => [start, end])),
  ].sort(compareInstants);
  const pieces: { start: number; end: number; spans: Span[] }[] = [];
  let active: Span[] = [];
  let next = 0;
  for (const [index, start] of edges.slice(0, -1).entries()) {
    active = active.filter(({ end }) => end > start);
    for (; next < sorted.length && sorted[next].start === start; next++) {
      active.push(sorted[next]);
    }
    const before = pieces.at(-1);
    const isSame =
      before?.end === start &&
      peopleKey(before.spans) === peopleKey(active) &&
      // Somebody's turn goes on, so this is no handoff.
      active.some(span => span.start < start);
    if (isSame) {
      before.end = edges[index + 1];
      before.spans = active;
    } else if (active.length > 0) {
      pieces.push({ start, end: edges[index + 1], spans: active });
    }
  }
  return pieces.map(piece => toShift(level, piece));
}

function toShift(
  level: string,
  piece: { start: number; end: number; spans: Span[] },
): ExternalShift {
  const people = new Map<string, ExternalPerson>();
  const layers = new Set<string>();
  for (const { watch } of piece.spans) {
    if (!people.has(watch.person.id)) people.set(watch.person.id, watch.person);
    if (watch.layer) layers.add(watch.layer);
  }
  return {
    level,
    ...(Number.isFinite(piece.start) ? { start: new Date(piece.start) } : {}),
    ...(Number.isFinite(piece.end) ? { end: new Date(piece.end) } : {}),
    people: [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ...(layers.size > 0 ? { layer: [...layers].sort().join(', ') } : {}),
  };
}

function peopleKey(spans: readonly Span[]): string {
  const ids = new Set(spans.map(({ watch }) => watch.person.id));
  return [...ids].sort().join('\n');
}

/** As a difference of infinite numbers is none. */
function compareInstants(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
