import { finiteNumber } from '@watchkeeper/backstage-plugin-observability-node';
import { SentryGroup, SentryRow } from '../api/schemas';
import { instant } from './text';

/** What the last five minutes brought a project in events. */
export interface RecentEvents {
  /** Of the levels error and fatal. */
  errors: number;
  /** Of any level. */
  events: number;
  lastSeen?: string;
}

/** What the last five minutes brought a project in requests. */
export interface RecentRequests {
  count: number;
  p95Ms?: number;
  /** 0..1 */
  failureRate?: number;
}

/** By project id: the rows of a table of events by project and level. */
export function toRecentEvents(rows: SentryRow[]): Map<string, RecentEvents> {
  const byProject = new Map<string, RecentEvents>();
  for (const row of rows) {
    const id = projectIdOf(row);
    if (!id) continue;
    const recent = byProject.get(id) ?? { errors: 0, events: 0 };
    const count = finiteNumber(row['count()']) ?? 0;
    const lastSeen = instant(asText(row['last_seen()']));
    recent.events += count;
    if (row.level === 'error' || row.level === 'fatal') recent.errors += count;
    if (lastSeen && lastSeen > (recent.lastSeen ?? '')) {
      recent.lastSeen = lastSeen;
    }
    byProject.set(id, recent);
  }
  return byProject;
}

/** By project id: the rows of a table of requests by project. */
export function toRecentRequests(
  rows: SentryRow[],
  p95: string,
): Map<string, RecentRequests> {
  const byProject = new Map<string, RecentRequests>();
  for (const row of rows) {
    const id = projectIdOf(row);
    const count = finiteNumber(row['count()']);
    if (!id || count === undefined) continue;
    byProject.set(id, {
      count,
      p95Ms: finiteNumber(row[p95]),
      failureRate: finiteNumber(row['failure_rate()']),
    });
  }
  return byProject;
}

/** What outcomes say about how many requests there were. */
export interface RequestOutcomes {
  /** Transactions that Sentry stored, and those that the SDK had left out when sampling. */
  perMinute: number;
  /** How many requests one stored transaction stands for. */
  samplingFactor: number;
}

/**
 * By project id. Outcomes are counted by the hour, so that the span covered is
 * that from the first hour's beginning until now.
 */
export function toRequestOutcomes(
  answer: { groups: SentryGroup[]; intervals?: string[] | null },
  now: Date,
): Map<string, RequestOutcomes> {
  const byProject = new Map<string, RequestOutcomes>();
  const from = instant(answer.intervals?.[0]);
  const minutes = from ? (now.getTime() - Date.parse(from)) / 60_000 : 0;
  if (minutes < 1) return byProject;

  const accepted = new Map<string, number>();
  const discarded = new Map<string, number>();
  for (const { by, totals } of answer.groups) {
    const id = by.project === undefined ? undefined : String(by.project);
    const quantity = finiteNumber(totals?.['sum(quantity)']) ?? 0;
    if (!id) continue;
    const counts = { accepted, client_discard: discarded }[String(by.outcome)];
    counts?.set(id, (counts.get(id) ?? 0) + quantity);
  }
  for (const id of new Set([...accepted.keys(), ...discarded.keys()])) {
    const stored = accepted.get(id) ?? 0;
    const all = stored + (discarded.get(id) ?? 0);
    if (all <= 0) continue;
    byProject.set(id, {
      perMinute: all / minutes,
      samplingFactor: stored > 0 ? all / stored : 1,
    });
  }
  return byProject;
}

/** The project of a row that was asked for by `project.id`. */
export function projectIdOf(row: SentryRow): string | undefined {
  const id = row['project.id'];
  return typeof id === 'number' || typeof id === 'string'
    ? String(id)
    : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
