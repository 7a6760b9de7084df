import {
  Change,
  EntityReport,
  IncidentSummary,
  MemberHealth,
  ON_CALL_ANNOTATION,
  Reason,
  rollUpEntity,
  Signal,
  signalId,
  SignalKind,
  ThresholdOverrides,
  thresholdsInForce,
  UptimeData,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityOnCall } from '../oncall/OnCallService';
import {
  restoreTestItem,
  withRestoreTest,
} from '../restoreTests/restoreTestItem';
import { ReportedRunbooks } from '../runbooks/RunbookReports';
import { StoredReport, StoredSignal } from './HealthReadStore';
import { resolveCandidates } from './resolveCandidates';

/** Everything a report is made of. */
export interface ReportParts {
  entityRef: string;
  stored: StoredReport;
  /** The thresholds of the configuration. */
  thresholds: ThresholdOverrides;
  changes: Change[];
  members?: MemberHealth[];
  /** The monitors of the targets that have some, with their past. */
  uptime?: ReadonlyMap<number, UptimeData>;
  /** Who has the watch, and schedules that its annotation names and nobody knows. */
  onCall?: EntityOnCall;
  /** The runbooks for it, and what none answers. */
  runbooks?: ReportedRunbooks;
  /** Open ones first, then the last ones that are over. */
  incidents?: IncidentSummary[];
  now: Date;
}

/** Puts a report together from what is stored. Pure. */
export function buildReport(parts: ReportParts): EntityReport {
  const { stored, now } = parts;
  const signals = resolveCandidates(stored.signals, now.toISOString()).map(
    signal => toSignal(signal, parts),
  );
  return {
    entityRef: parts.entityRef,
    generatedAt: now.toISOString(),
    ...rollUp(parts),
    signals,
    misconfigurations: [
      ...stored.misconfigurations,
      ...(parts.onCall?.unknown ?? []).map(name => ({
        annotation: ON_CALL_ANNOTATION,
        message: `There is no on-call schedule "${name.slice(0, 63)}"`,
      })),
      ...(parts.onCall?.misconfigurations ?? []),
      ...(parts.runbooks?.misconfigurations ?? []),
    ],
    changes: parts.changes,
    onCall: parts.onCall?.onCall ?? [],
    runbooks: parts.runbooks?.runbooks ?? [],
    uncovered: parts.runbooks?.uncovered ?? [],
    incidents: parts.incidents ?? [],
    // Filled by the domain that knows them; a page shows what is there.
    postmortems: [],
    ...(parts.members ? { members: parts.members } : {}),
  };
}

/** The metrics that are in breach, the worst first. */
export function metricsInBreach(
  stored: Pick<StoredReport, 'signals'>,
): string[] {
  const reasons = stored.signals
    .flatMap(signal => signal.previous?.reasons ?? [])
    .filter(({ level }) => level !== 'unknown');
  return [
    ...reasons.filter(({ level }) => level === 'critical'),
    ...reasons,
  ].map(({ metric }) => metric);
}

/** The earliest instant at which something began to be wrong, or `undefined`. */
export function firstReasonAt(stored: StoredReport): string | undefined {
  return stored.signals
    .flatMap(signal => signal.previous?.reasons ?? [])
    .filter(reason => reason.level !== 'unknown')
    .map(reason => reason.since)
    .sort()[0];
}

/** Of the entity itself and, where it has them, of its members. */
function rollUp(parts: ReportParts): Pick<EntityReport, 'status' | 'since'> {
  const { stored, members = [], now } = parts;
  const own = {
    status: stored.status,
    since: stored.since,
    reasons: [],
  };
  const gone = stored.signals.find(signal => hasGoneStale(signal, now));
  if (own.status === 'ok' && gone) {
    own.status = 'unknown';
    own.since = gone.staleAt;
  }
  const { status, since } = rollUpEntity(
    [own, ...members].flatMap(part =>
      part.status ? [{ ...part, status: part.status }] : [],
    ),
  );
  return { status, since };
}

/** In the time between the moment at which data goes stale and the sweep that says so. */
function hasGoneStale(signal: StoredSignal, now: Date): boolean {
  return isStale(signal, now) && signal.previous?.status === 'ok';
}

function isStale(signal: StoredSignal, now: Date): boolean {
  return signal.staleAt !== null && signal.staleAt < now.toISOString();
}

function toSignal(signal: StoredSignal, parts: ReportParts): Signal {
  const stored = signal.previous;
  const goneStale = hasGoneStale(signal, parts.now);
  const problem = signal.problem;
  const common = {
    id: signalId(signal),
    source: {
      provider: signal.provider,
      instance: signal.instance,
      target: signal.target,
      ...(signal.url ? { url: signal.url } : {}),
    },
    status: goneStale ? ('unknown' as const) : stored?.status ?? 'unknown',
    since: goneStale ? signal.staleAt : stored?.since ?? null,
    reasons: stored?.reasons ?? ([] as Reason[]),
    thresholds: thresholdsInForce(
      signal.kind,
      parts.thresholds,
      parts.stored.thresholds,
    ),
    observedAt: signal.observedAt,
    stale: isStale(signal, parts.now),
    ...(problem ? { problem } : {}),
  };
  const data = dataOf(signal, parts);
  return {
    ...common,
    kind: signal.kind,
    ...(data ? { data } : {}),
  } as Extract<Signal, { kind: SignalKind }>;
}

/** The last good data, completed by what we know ourselves. */
function dataOf(signal: StoredSignal, parts: ReportParts): unknown {
  if (signal.kind === 'uptime') {
    return parts.uptime?.get(signal.targetId);
  }
  const data = signal.data && JSON.parse(signal.data);
  return data && signal.kind === 'database'
    ? withRestoreTest(
        data,
        restoreTestItem(parts.stored.restoreTests, signalId(signal), parts.now),
      )
    : data;
}
