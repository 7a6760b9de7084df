import { ScheduleWarning } from '../model/OnCallShifts';
import { DraftShift } from './draftShifts';
import { ResolvedWall, TimeZone, WallMs } from './TimeZone';
import { DAY_MS, formatWallClock } from './wallClock';
import { windowsOfDays } from './windows';
import type { WorkedOut } from './warnOfSchedule';

/** Handoffs that are written at a time which the clocks skip or show twice. */
export function warnOfClocks({
  plan,
  drafts,
  from,
  to,
}: WorkedOut): ScheduleWarning[] {
  const warnings = new Map<string, ScheduleWarning>();
  for (const draft of drafts) {
    const zone = plan.versions.find(({ end }) => end > draft.start)?.zone;
    for (const instant of [draft.start, draft.end]) {
      if (!zone || !draft.piece || instant < from || instant >= to) {
        continue;
      }
      // Far from a change of the clocks every time is there once.
      if (zone.offsetAt(instant - DAY_MS) === zone.offsetAt(instant + DAY_MS)) {
        continue;
      }
      for (const handoff of handoffsAt(instant, draft, zone)) {
        const warning = describe(handoff, draft, zone);
        if (warning) {
          warnings.set(`${warning.code} ${warning.message}`, warning);
        }
      }
    }
  }
  return [...warnings.values()];
}

type Handoff = ResolvedWall & { wall: WallMs };

/** The turns and windows that begin or end at an end of a shift. */
function handoffsAt(
  instant: number,
  { piece }: DraftShift,
  zone: TimeZone,
): Handoff[] {
  if (!piece) {
    return [];
  }
  const { layer, turn } = piece;
  const { windows = [] } = layer.definition;
  return [
    layer.grid.handoffOf(turn.index),
    layer.grid.handoffOf(turn.index + 1),
    ...windowsOfDays(windows, zone, instant - 1, instant + 1).flatMap(
      ({ opens, closes }) => [opens, closes],
    ),
  ].filter(handoff => handoff.instant === instant);
}

function describe(
  { kind, wall, instant }: Handoff,
  { level, piece }: DraftShift,
  zone: TimeZone,
): ScheduleWarning | undefined {
  if (kind === 'exact') {
    return undefined;
  }
  const written = formatWallClock(wall).replace('T', ' ');
  const shown = formatWallClock(zone.toWall(instant)).replace('T', ' ');
  const at = new Date(instant).toISOString();
  return {
    code: kind === 'gap' ? 'handoff-in-gap' : 'handoff-in-overlap',
    message:
      kind === 'gap'
        ? `${level}: ${written} does not exist in ${zone.name}; the handoff is at ${shown}`
        : `${level}: ${written} comes twice in ${zone.name}; the handoff is at the first, ${at}`,
    at,
    level,
    ...(piece && { layer: piece.layer.label }),
  };
}
