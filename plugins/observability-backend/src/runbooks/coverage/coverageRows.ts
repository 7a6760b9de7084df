import {
  CoverageRow,
  metricsOfAlert,
  ThresholdOverrides,
  thresholdsInForce,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  computeCoverage,
  CoveringRunbook,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { WatchedEntity } from '../../catalog/EntityFacts';
import { IndexedRunbook } from '../RunbookIndex';

/**
 * A row for each alert of each service: its thresholds in force, and the alerts
 * of others that its runbooks name. Runbooks of a system answer for its parts.
 * Pure.
 */
export function coverageRows(options: {
  entities: readonly WatchedEntity[];
  runbooks: readonly IndexedRunbook[];
  /** Of the configuration. */
  thresholds: ThresholdOverrides;
  now: Date;
}): CoverageRow[] {
  const { entities, thresholds, now } = options;
  const partsOf = new Map<string, string[]>();
  for (const { entityRef, systemRef } of entities) {
    if (systemRef !== undefined) {
      partsOf.set(systemRef, [...(partsOf.get(systemRef) ?? []), entityRef]);
    }
  }
  const runbooks = options.runbooks.map(runbook =>
    toCovering(runbook, partsOf),
  );
  const foreignAlerts = new Map<string, string[]>();
  for (const { alerts, entityRefs } of runbooks) {
    // An alert of ours that is not in force for a service does not fire there.
    const foreign = alerts.filter(name => metricsOfAlert(name).length === 0);
    for (const entityRef of foreign.length > 0 ? entityRefs : []) {
      foreignAlerts.set(entityRef, [
        ...(foreignAlerts.get(entityRef) ?? []),
        ...foreign,
      ]);
    }
  }
  return computeCoverage({
    services: entities.map(entity => ({
      entityRef: entity.entityRef,
      title: entity.title,
      owner: entity.ownerRef,
      alerts: [
        ...entity.kinds.flatMap(kind =>
          thresholdsInForce(kind, thresholds, entity.thresholds).map(
            ({ metric }) => metric,
          ),
        ),
        ...(foreignAlerts.get(entity.entityRef) ?? []),
      ],
    })),
    runbooks,
    now,
  });
}

function toCovering(
  runbook: IndexedRunbook,
  partsOf: ReadonlyMap<string, readonly string[]>,
): CoveringRunbook {
  const { facts, entityRefs, lastTested } = runbook;
  return {
    id: runbook.id,
    title: facts.title,
    alerts: facts.alerts,
    entityRefs: entityRefs.flatMap(ref => [ref, ...(partsOf.get(ref) ?? [])]),
    stepCount: facts.stepCount,
    ...(lastTested ? { lastTested } : {}),
    ...(!runbook.hasText && runbook.deadLinks.length > 0
      ? { deadLink: runbook.url }
      : {}),
  };
}
