import { hexadecimal, mix, unitValue } from '../../shared/random';
import type { TimeWindow } from '../query/parameters';
import type { ErrorStream } from './streams';

/** One error event: the stream it belongs to and its number in it. */
export interface ErrorEvent {
  stream: ErrorStream;
  index: number;
  timeMs: number;
}

export function countEvents(streams: ErrorStream[], window: TimeWindow) {
  let count = 0;
  for (const { occurrences } of streams) {
    count += occurrences.countBetween(window.fromMs, window.toMs);
  }
  return count;
}

/** When the last of the streams' events happened, until `now`. */
export function lastTimeOf(
  streams: ErrorStream[],
  now: number,
): number | undefined {
  let last: number | undefined;
  for (const { occurrences } of streams) {
    const count = occurrences.countUntil(now);
    if (count === 0) continue;
    const timeMs = occurrences.timeOf(count - 1);
    if (last === undefined || timeMs > last) last = timeMs;
  }
  return last;
}

/** When the first of the streams' events after `fromMs` happened, until `now`. */
export function firstTimeOf(
  streams: ErrorStream[],
  now: number,
  fromMs = Number.NEGATIVE_INFINITY,
): number | undefined {
  let first: number | undefined;
  for (const { occurrences } of streams) {
    const before = Number.isFinite(fromMs) ? occurrences.countUntil(fromMs) : 0;
    if (occurrences.countUntil(now) <= before) continue;
    const timeMs = occurrences.timeOf(before);
    if (first === undefined || timeMs < first) first = timeMs;
  }
  return first;
}

/** The number of the person that an event happened to. */
export function userOf(stream: ErrorStream, index: number): number {
  const { users } = stream.issue.definition;
  const unit = unitValue(mix(stream.occurrences.seed, 7), index);
  return Math.floor(unit * Math.max(1, users));
}

/** People counted once, though several streams know them. */
export function collectUsers(
  streams: ErrorStream[],
  window: TimeWindow,
): Set<number> {
  const users = new Set<number>();
  for (const stream of streams) {
    const from = stream.occurrences.countUntil(window.fromMs);
    const to = stream.occurrences.countUntil(window.toMs);
    for (let index = from; index < to; index++) {
      users.add(userOf(stream, index));
    }
  }
  return users;
}

/** The events of the streams in the window, newest first. */
export function newestEvents(
  streams: ErrorStream[],
  window: TimeWindow,
  limit: number,
): ErrorEvent[] {
  const events: ErrorEvent[] = [];
  for (const stream of streams) {
    const from = stream.occurrences.countUntil(window.fromMs);
    const to = stream.occurrences.countUntil(window.toMs);
    for (let index = to - 1; index >= Math.max(from, to - limit); index--) {
      events.push({ stream, index, timeMs: stream.occurrences.timeOf(index) });
    }
  }
  return events.sort((one, other) => other.timeMs - one.timeMs).slice(0, limit);
}

/** Tells where the event is found: its stream's seed, then its number. */
export function eventId({ stream, index }: ErrorEvent): string {
  const { seed } = stream.occurrences;
  const number = (index ^ mix(seed, 3)) >>> 0;
  return (
    seed.toString(16).padStart(8, '0') +
    number.toString(16).padStart(8, '0') +
    hexadecimal(seed, index, 16)
  );
}

/** The event of an id among the streams, if it has happened. */
export function findEvent(
  streams: ErrorStream[],
  id: string,
  now: number,
): ErrorEvent | undefined {
  const seed = Number.parseInt(id.slice(0, 8), 16);
  const stream = streams.find(({ occurrences }) => occurrences.seed === seed);
  if (!stream) return undefined;
  const index = (Number.parseInt(id.slice(8, 16), 16) ^ mix(seed, 3)) >>> 0;
  if (index >= stream.occurrences.countUntil(now)) return undefined;
  const event = { stream, index, timeMs: stream.occurrences.timeOf(index) };
  return eventId(event) === id ? event : undefined;
}
