import {
  DurationStatistics,
  Incident,
  IncidentMetrics,
  severitySchema,
} from '../model';

/**
 * How long incidents took to be detected, acknowledged, mitigated and resolved,
 * by severity and for all: count, median and 90th percentile. All spans begin
 * when people were affected first; where nobody knows when that was, at the
 * detection, and `withoutStart` says how many those are. Cancelled ones count
 * for nothing. Percentiles are by nearest rank, so each is a span that was
 * measured.
 *
 * @public
 */
export function summarizeIncidents(
  incidents: readonly Incident[],
): IncidentMetrics['rows'] {
  const counted = incidents.filter(({ state }) => state !== 'cancelled');
  return [...severitySchema.options, 'all' as const].map(severity => {
    const of = counted.filter(
      incident => severity === 'all' || incident.severity === severity,
    );
    const until = (
      field: 'detectedAt' | 'acknowledgedAt' | 'mitigatedAt' | 'resolvedAt',
    ) => statisticsOf(of.flatMap(incident => spanOf(incident, field)));
    return {
      severity,
      incidents: of.length,
      withoutStart: of.filter(({ startedAt }) => startedAt === undefined)
        .length,
      detect: statisticsOf(
        of.flatMap(incident =>
          incident.startedAt === undefined
            ? []
            : spanOf(incident, 'detectedAt'),
        ),
      ),
      acknowledge: until('acknowledgedAt'),
      mitigate: until('mitigatedAt'),
      resolve: until('resolvedAt'),
    };
  });
}

/**
 * Count, median and 90th percentile of spans in seconds.
 *
 * @public
 */
export function statisticsOf(seconds: readonly number[]): DurationStatistics {
  const sorted = [...seconds].sort((a, b) => a - b);
  const at = (fraction: number) =>
    sorted.length === 0
      ? null
      : sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)];
  return { count: sorted.length, medianSeconds: at(0.5), p90Seconds: at(0.9) };
}

function spanOf(
  incident: Incident,
  field: 'detectedAt' | 'acknowledgedAt' | 'mitigatedAt' | 'resolvedAt',
): number[] {
  const end = incident[field];
  if (end === undefined) {
    return [];
  }
  const start = incident.startedAt ?? incident.detectedAt;
  return [Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000)];
}
