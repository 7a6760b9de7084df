import { Temporal } from '@js-temporal/polyfill';
import {
  Layer,
  LayerWindow,
  Override,
  Schedule,
  Swap,
  weekdaySchema,
} from '../../model';

/*
 * Who has the watch, worked out in the plainest way: every handoff from the first
 * one on, one instant at a time, with Temporal for the calendar and nothing of
 * the engine. Slow, and there to disagree with it.
 */

const handoffs = new Map<string, number[]>();

/** The people on call at one level of a schedule; empty in a gap. */
export function peopleByOracle(
  schedule: Schedule,
  levelName: string,
  at: number,
  overrides: readonly Override[] = [],
  swaps: readonly Swap[] = [],
): string[] {
  const level = schedule.levels.find(({ name }) => name === levelName);
  const covering = level?.layers
    .map(layer => membersAt(layer, schedule.timeZone, at))
    .find(members => members !== undefined);
  return withChanges(covering ?? [], levelName, at, overrides, swaps);
}

/** Whose turn it is, `undefined` where the layer does not cover. */
function membersAt(
  layer: Layer,
  timeZone: string,
  at: number,
): string[] | undefined {
  const { members, windows, from, until } = layer;
  if (
    members.length === 0 ||
    (from !== undefined && at < Date.parse(from)) ||
    (until !== undefined && at >= Date.parse(until)) ||
    (windows && !windows.some(window => isOpen(window, timeZone, at)))
  ) {
    return undefined;
  }
  const turn = turnAt(layer, timeZone, at);
  if (turn < 0) {
    return undefined;
  }
  const member = members[turn % members.length];
  return member === null ? [] : [...new Set([member].flat())];
}

function turnAt(layer: Layer, timeZone: string, at: number): number {
  const key = JSON.stringify([layer.rotation, timeZone]);
  const known = handoffs.get(key) ?? [];
  handoffs.set(key, known);
  while ((known.at(-1) ?? -Infinity) <= at) {
    known.push(handoff(layer, timeZone, known.length));
  }
  return known.findLastIndex(instant => instant <= at);
}

function handoff(
  { rotation: { unit, length, start } }: Layer,
  timeZone: string,
  index: number,
): number {
  const first = Temporal.PlainDateTime.from(start);
  if (unit === 'hour') {
    return first
      .toZonedDateTime(timeZone, { disambiguation: 'compatible' })
      .add({ hours: index * length }).epochMilliseconds;
  }
  return first
    .add({ [`${unit}s`]: index * length })
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

const instants = new Map<string, number>();

/** What Temporal says, remembered: it is asked the same over and over. */
function instantOf(date: string, time: string, timeZone: string): number {
  const key = `${date}T${time}[${timeZone}]`;
  let instant = instants.get(key);
  if (instant === undefined) {
    instant = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(
      timeZone,
      { disambiguation: 'compatible' },
    ).epochMilliseconds;
    instants.set(key, instant);
  }
  return instant;
}

function isOpen(window: LayerWindow, timeZone: string, at: number): boolean {
  // The days on any clock of the world around an instant.
  return [-3, -2, -1, 0, 1].some(days => {
    const date = dayOf(at, days);
    const weekday = weekdaySchema.options[(new Date(date).getUTCDay() + 6) % 7];
    if (window.days && !window.days.includes(weekday)) {
      return false;
    }
    const closing = window.to > window.from ? date : dayOf(at, days + 1);
    return (
      instantOf(date, window.from, timeZone) <= at &&
      at < instantOf(closing, window.to, timeZone)
    );
  });
}

function dayOf(at: number, days: number): string {
  return new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}

function withChanges(
  scheduled: readonly string[],
  level: string,
  at: number,
  overrides: readonly Override[],
  swaps: readonly Swap[],
): string[] {
  const isNow = ({ start, end }: { start: string; end: string }) =>
    Date.parse(start) <= at && at < Date.parse(end);
  const taken = latestFirst(
    swaps.filter(
      swap => swap.state === 'taken' && swap.level === level && isNow(swap),
    ),
  );
  const holderOf = (person: string, among: readonly Swap[]): string => {
    const index = among.findIndex(({ from }) => from === person);
    const to = among[index]?.to;
    return to === undefined ? person : holderOf(to, among.slice(0, index));
  };
  const swapped = new Set(scheduled.map(person => holderOf(person, taken)));

  const inForce = latestFirst(
    overrides.filter(
      override =>
        (override.level === undefined || override.level === level) &&
        isNow(override),
    ),
  );
  const acting = inForce.filter(
    ({ id, remove }) =>
      remove === undefined ||
      (swapped.has(remove) &&
        inForce.find(other => other.remove === remove)?.id === id),
  );
  const people = new Set([
    ...swapped,
    ...acting.flatMap(({ add }) => add ?? []),
  ]);
  return [...people].filter(person => {
    const about = acting.find(
      ({ add, remove }) => add === person || remove === person,
    );
    return about ? about.add === person : true;
  });
}

function latestFirst<T extends { id: string; createdAt: string }>(
  made: readonly T[],
): T[] {
  return [...made].sort((a, b) =>
    `${b.createdAt} ${b.id}` < `${a.createdAt} ${a.id}` ? -1 : 1,
  );
}
