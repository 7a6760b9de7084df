import type { TimeWindow } from '../query/parameters';
import type { SessionStatus, SessionStream } from './streams';

export function countSessions(
  streams: SessionStream[],
  { fromMs, toMs }: TimeWindow,
  status?: SessionStatus,
): number {
  let count = 0;
  for (const stream of streams) {
    if (status && stream.status !== status) continue;
    count += stream.occurrences.countBetween(fromMs, toMs);
  }
  return count;
}

/** How many people are behind so many sessions, of those that there are. */
export function countPeople(
  streams: SessionStream[],
  window: TimeWindow,
  status?: SessionStatus,
): number {
  const projects = new Set(streams.map(({ project }) => project));
  let people = 0;
  for (const project of projects) {
    const { users = 0 } = project.definition.sessions ?? {};
    if (users === 0) continue;
    const sessions = countSessions(
      streams.filter(stream => stream.project === project),
      window,
      status,
    );
    people += Math.round(users * (1 - Math.exp(-sessions / users)));
  }
  return people;
}

/** Fraction 0..1 of sessions or people that met no crash; null without any. */
export function crashFree(
  streams: SessionStream[],
  window: TimeWindow,
  of: 'session' | 'user',
): number | null {
  const count = of === 'session' ? countSessions : countPeople;
  const all = count(streams, window);
  return all === 0 ? null : 1 - count(streams, window, 'crashed') / all;
}
