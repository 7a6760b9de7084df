import {
  Reason,
  Signal,
  Status,
  STATUS_RANK,
  Threshold,
} from '@watchkeeper/backstage-plugin-observability-common';

/** Something that is wrong, with the signal that says so. */
export type ReasonRow =
  | {
      type: 'breach';
      key: string;
      signal: Signal;
      reason: Reason;
      level: Reason['level'];
      threshold: Threshold | undefined;
      since: string;
    }
  /** Nobody can tell, because the source is not read. */
  | {
      type: 'not-read';
      key: string;
      signal: Signal;
      level: 'unknown';
      since: string | null;
    };

/**
 * All reasons of several signals, worst first, then longest. A source that
 * cannot be read is one reason, whatever else is said about not knowing.
 */
export function collectReasons(signals: readonly Signal[]): ReasonRow[] {
  const rows: ReasonRow[] = [];
  for (const signal of signals) {
    const notRead = signal.problem !== undefined || signal.stale;
    if (notRead) {
      rows.push({
        type: 'not-read',
        key: signal.id,
        signal,
        level: 'unknown',
        since: signal.problem?.since ?? signal.observedAt,
      });
    }
    for (const reason of signal.reasons) {
      if (!notRead || reason.level !== 'unknown') {
        rows.push({
          type: 'breach',
          key: `${signal.id} ${reason.metric} ${reason.subject?.id ?? ''}`,
          signal,
          reason,
          level: reason.level,
          threshold: signal.thresholds.find(
            threshold => threshold.metric === reason.metric,
          ),
          since: reason.since,
        });
      }
    }
  }
  return rows.sort(
    (a, b) =>
      STATUS_RANK[b.level] - STATUS_RANK[a.level] ||
      (a.since ?? '').localeCompare(b.since ?? ''),
  );
}

/** How many reasons there are of each level. */
export function countLevels(
  rows: readonly ReasonRow[],
): Record<Exclude<Status, 'ok'>, number> {
  const counts = { critical: 0, warning: 0, unknown: 0 };
  for (const row of rows) {
    counts[row.level] += 1;
  }
  return counts;
}

/** The worst level at which a signal breaks the limit of a metric. */
export function levelOfMetric(
  signal: Signal,
  metric: string,
): 'warning' | 'critical' | undefined {
  const levels = signal.reasons
    .filter(reason => reason.metric === metric)
    .map(reason => reason.level);
  if (levels.includes('critical')) {
    return 'critical';
  }
  return levels.includes('warning') ? 'warning' : undefined;
}
