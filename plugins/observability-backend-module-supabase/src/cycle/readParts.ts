import { isProviderError } from '@watchkeeper/backstage-plugin-observability-node';
import { SupabaseApi } from '../api/SupabaseApi';
import { toAdvisories, unindexedForeignKeys } from '../map/advisories';
import { toBackupFacts } from '../map/backups';
import { toFailure } from '../map/failures';
import { toServices } from '../map/services';
import { toStatements } from '../map/slowQueries';
import { isTooSoon, ratesBetween, isComparable } from '../metrics/counters';
import { MetricsReader } from '../metrics/MetricsReader';
import { PartName } from './parts';
import { PartAttempt, TargetState } from './state';

/** What reading the parts of one project takes. */
export interface PartsContext {
  ref: string;
  api: SupabaseApi;
  metrics?: MetricsReader;
  now: Date;
  signal: AbortSignal;
}

type Found = Partial<Omit<TargetState, 'version' | 'parts'>>;

/**
 * Reads parts of a project, all at once and each by itself: what fails keeps
 * what was known of it, and says why. What is no fault of the vendor is thrown.
 */
export async function readParts(
  parts: ReadonlySet<PartName>,
  before: TargetState,
  context: PartsContext,
): Promise<TargetState> {
  const triedAt = context.now.toISOString();
  const read = [...parts].map(async part => {
    let found: Found = {};
    let attempt: PartAttempt = { triedAt, readAt: triedAt };
    try {
      found = await readPart(part, before, context);
    } catch (error) {
      if (!isProviderError(error)) throw error;
      const readAt = before.parts[part]?.readAt;
      attempt = { triedAt, readAt, failure: toFailure(part, error) };
    }
    return { part, found, attempt };
  });
  const state: TargetState = { ...before, parts: { ...before.parts } };
  for (const { part, found, attempt } of await Promise.all(read)) {
    Object.assign(state, found);
    state.parts[part] = attempt;
  }
  return state;
}

async function readPart(
  part: PartName,
  before: TargetState,
  context: PartsContext,
): Promise<Found> {
  const { api, ref, now } = context;
  switch (part) {
    case 'metrics':
      return readMetrics(before, context);
    case 'services':
      return { services: toServices(await api.services(ref)) };
    case 'slowQueries': {
      const rows = await api.statements(ref);
      return { statements: toStatements(rows, before.statements ?? [], now) };
    }
    case 'backups':
      return { backups: toBackupFacts(await api.backups(ref), now) };
    case 'performanceAdvice': {
      const { lints } = await api.advisor(ref, 'performance');
      return {
        performanceAdvice: toAdvisories(lints),
        foreignKeys: unindexedForeignKeys(lints),
      };
    }
    case 'securityAdvice': {
      const { lints } = await api.advisor(ref, 'security');
      return { securityAdvice: toAdvisories(lints) };
    }
    case 'diskUsage': {
      const { metrics } = await api.diskUsage(ref);
      const free = metrics.fs_avail_bytes / metrics.fs_size_bytes;
      return { disk: Math.min(1, Math.max(0, 1 - free)) };
    }
    case 'readOnly':
      return { readOnly: (await api.readOnly(ref)).enabled };
    default:
      return { connectionsMax: (await api.settings(ref)).max_connections };
  }
}

/** Counters tell something only when they are held against those of before. */
async function readMetrics(
  before: TargetState,
  { metrics, now, signal }: PartsContext,
): Promise<Found> {
  if (!metrics) return {};
  const { counters, ...figures } = await metrics.read({ now, signal });
  const last = before.metrics;
  if (last && isTooSoon(last.counters, counters)) {
    const { cpu, cacheHit, compared } = last;
    return {
      metrics: { ...figures, cpu, cacheHit, compared, counters: last.counters },
    };
  }
  const rates = last ? ratesBetween(last.counters, counters) : {};
  const compared = last !== undefined && isComparable(last.counters, counters);
  return { metrics: { ...figures, ...rates, compared, counters } };
}
