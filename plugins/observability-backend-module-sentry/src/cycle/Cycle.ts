import {
  isProviderError,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { Generations } from '../api/generations';
import { SentryScope } from '../api/questions';
import { SentryApi } from '../api/SentryApi';
import { SentryPages } from '../map/SentryPages';
import { KnownProject, TargetState } from './state';

/** What all parts of one cycle share. */
export interface Cycle {
  api: SentryApi;
  pages: SentryPages;
  /** Kept up to date while it runs. */
  generations: Generations;
  now: Date;
  /** No details are begun that would take the cycle beyond so many requests. */
  requestLimit: number;
  /** Set when details were refused: one of the projects may be gone. */
  wasRefused: boolean;
}

/** A target whose project is known. */
export interface CycleTarget {
  key: string;
  environments: string[];
  candidate: boolean;
  requested: boolean;
  project: KnownProject;
  state: TargetState;
}

/** What was read, or why it could not be. */
export type Outcome<T> =
  | { value: T; error?: undefined }
  | { error: ProviderError; value?: undefined };

/** Reads something whose failure must not take anything else down. What is no fault of the vendor is thrown on. */
export async function attempt<T>(read: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (isProviderError(error)) return { error };
    throw error;
  }
}

/** Whether Sentry refused what it was asked, rather than being out of order. */
export function isRefusal({ statusCode }: ProviderError): boolean {
  return statusCode === 400 || statusCode === 403 || statusCode === 404;
}

/** More ids than this make an address too long; then all projects are asked about. */
const MOST_IDS = 100;

/** What a question about these targets is limited to; they have the same environments. */
export function scopeOf(targets: readonly CycleTarget[]): SentryScope {
  const ids = [...new Set(targets.map(({ project }) => project.id))];
  return {
    projectIds: ids.length <= MOST_IDS ? ids : 'all',
    environments: targets[0]?.environments ?? [],
  };
}

/** Pieces of at most so many. */
export function inPieces<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < items.length; from += size) {
    pieces.push(items.slice(from, from + size));
  }
  return pieces;
}

/** Whether asking about so much more stays within the cycle's limit. */
export function isAffordable(cycle: Cycle, requests: number): boolean {
  return cycle.api.requests + requests <= cycle.requestLimit;
}

/** An age in seconds; without an instant it is older than anything. */
export function ageSeconds(instant: string | undefined, now: Date): number {
  return instant
    ? (now.getTime() - Date.parse(instant)) / 1000
    : Number.POSITIVE_INFINITY;
}
