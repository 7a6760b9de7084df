import {
  Signal,
  SignalKind,
  Status,
  STATUS_RANK,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';

/** The order in which kinds stand on a page. */
export const KIND_ORDER: readonly SignalKind[] = [
  'errors',
  'performance',
  'releases',
  'uptime',
  'database',
];

/** The kinds that have a section of their own on the page. */
export const SECTION_KINDS = [
  'errors',
  'performance',
  'releases',
  'uptime',
  'database',
] as const;

/** Where links to a kind jump; `undefined` where the page has no section for it. */
export function sectionHref(kind: SignalKind): string | undefined {
  return SECTION_KINDS.some(section => section === kind)
    ? `#${sectionId(kind)}`
    : undefined;
}

/** A signal of one kind. */
export type SignalOf<K extends SignalKind> = Extract<Signal, { kind: K }>;

/** The signals of a kind, worst first. */
export function signalsOf<K extends SignalKind>(
  signals: readonly Signal[],
  kind: K,
): SignalOf<K>[] {
  return signals
    .filter((signal): signal is SignalOf<K> => signal.kind === kind)
    .sort((a, b) => STATUS_RANK[b.status] - STATUS_RANK[a.status]);
}

/** The worst status of several signals, of which there is at least one. */
export function worstOf(signals: readonly Signal[]): Status {
  return signals.reduce<Status>(
    (worst, { status }) =>
      STATUS_RANK[status] > STATUS_RANK[worst] ? status : worst,
    'ok',
  );
}

/** The element to which links to a kind jump. */
export function sectionId(kind: SignalKind): string {
  return `health-${kind}`;
}

/** The limits of a metric in force, where they are numbers. */
export function limitsOf(
  signal: Signal,
  metric: string,
): { warning?: number; critical?: number; forSeconds?: number } {
  const found: Threshold | undefined = signal.thresholds.find(
    threshold => threshold.metric === metric,
  );
  return {
    warning: typeof found?.warning === 'number' ? found.warning : undefined,
    critical: typeof found?.critical === 'number' ? found.critical : undefined,
    forSeconds: found?.forSeconds || undefined,
  };
}

/** Whether nothing has been read yet, and nothing failed. */
export function isPending(signal: Signal): boolean {
  return signal.observedAt === null && signal.problem === undefined;
}

/**
 * The oldest and newest reading that a page shows. They differ only where a
 * source is not read any more; else the newest says it all.
 */
export function readingsOf(
  signals: readonly Signal[],
): { newest: string; oldest: string } | undefined {
  const readings = signals
    .map(signal => signal.observedAt)
    .filter((at): at is string => at !== null)
    .sort();
  if (readings.length === 0) {
    return undefined;
  }
  const newest = readings[readings.length - 1];
  const someAreOld = signals.some(signal => signal.stale || signal.problem);
  return { newest, oldest: someAreOld ? readings[0] : newest };
}
