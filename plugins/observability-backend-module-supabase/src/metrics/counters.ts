import { z } from 'zod/v4';

export const countersSchema = z.object({
  at: z.string(),
  /** Summed over all processors. */
  idleSeconds: z.number().optional(),
  allSeconds: z.number().optional(),
  processors: z.number().optional(),
  blocksHit: z.number().optional(),
  blocksRead: z.number().optional(),
});
/** What has been counted up to an instant, as far as it is needed again. */
export type Counters = z.infer<typeof countersSchema>;

/** Over a shorter span the instants of the scrapes are not exact enough. */
const SHORTEST_SECONDS = 15;
/** A mean of hours says nothing about now. */
const LONGEST_SECONDS = 2 * 3600;
/** How far what the processors spent may be from the time that went by. */
const PLAUSIBLE = { from: 0.5, to: 1.5 };

/** What two scrapes say together. */
export interface Rates {
  /** The busy part of all processors' time. */
  cpu?: number;
  /** Blocks found in memory over all that were asked for. */
  cacheHit?: number;
}

/** Whether two scrapes are so far apart that they can be held against each other. */
export function isComparable(before: Counters, after: Counters): boolean {
  const seconds = secondsBetween(before, after);
  return seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS;
}

/** Whether a scrape follows so soon that it cannot take the other's place. */
export function isTooSoon(before: Counters, after: Counters): boolean {
  const seconds = secondsBetween(before, after);
  return seconds >= 0 && seconds < SHORTEST_SECONDS;
}

/**
 * What happened between two scrapes. A counter that is lower than it was began
 * anew in between, and then nobody knows: no value. A machine that was started
 * anew may have counted past the old value meanwhile; what its processors spent
 * then does not fit the time that went by.
 */
export function ratesBetween(before: Counters, after: Counters): Rates {
  if (!isComparable(before, after)) return {};
  return {
    cpu: cpuBetween(before, after),
    cacheHit: hitBetween(before, after),
  };
}

function cpuBetween(before: Counters, after: Counters): number | undefined {
  const all = growth(before.allSeconds, after.allSeconds);
  const idle = growth(before.idleSeconds, after.idleSeconds);
  const { processors } = after;
  if (all === undefined || idle === undefined || !processors) return undefined;
  if (before.processors !== processors || idle > all) return undefined;
  const part = all / (processors * secondsBetween(before, after));
  if (part < PLAUSIBLE.from || part > PLAUSIBLE.to) return undefined;
  return 1 - idle / all;
}

function hitBetween(before: Counters, after: Counters): number | undefined {
  const hit = growth(before.blocksHit, after.blocksHit);
  const read = growth(before.blocksRead, after.blocksRead);
  // Where nothing was asked for there is no ratio.
  if (hit === undefined || read === undefined || hit + read === 0) {
    return undefined;
  }
  return hit / (hit + read);
}

function growth(
  before: number | undefined,
  after: number | undefined,
): number | undefined {
  if (before === undefined || after === undefined || after < before) {
    return undefined;
  }
  return after - before;
}

function secondsBetween(before: Counters, after: Counters): number {
  return (Date.parse(after.at) - Date.parse(before.at)) / 1000;
}
