import {
  metricsOfAlert,
  normalizeAlertName,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityFact } from '../../catalog/EntityFacts';
import { IndexedRunbook } from '../RunbookIndex';

/** Names of one alert, whichever of them somebody uses. */
function alertKeys(name: string): string[] {
  const metrics = metricsOfAlert(name).flatMap(({ id, alertName }) => [
    id,
    alertName,
  ]);
  return [...new Set([name, ...metrics].map(normalizeAlertName))];
}

/** Which runbooks answer which alerts. */
export class AlertAnswers {
  readonly #byKey = new Map<string, IndexedRunbook[]>();

  constructor(runbooks: Iterable<IndexedRunbook>) {
    for (const runbook of runbooks) {
      for (const key of new Set(runbook.facts.alerts.flatMap(alertKeys))) {
        const known = this.#byKey.get(key) ?? [];
        known.push(runbook);
        this.#byKey.set(key, known);
      }
    }
  }

  /** The runbooks for an alert of an entity: its own first, then its system's, then those of no entity. */
  of(
    alert: string,
    entity: Pick<EntityFact, 'entityRef' | 'systemRef'>,
  ): IndexedRunbook[] {
    const found = new Map<IndexedRunbook, number>();
    for (const runbook of alertKeys(alert).flatMap(
      key => this.#byKey.get(key) ?? [],
    )) {
      const nearness = nearnessOf(runbook, entity);
      if (nearness !== undefined) {
        found.set(runbook, nearness);
      }
    }
    return [...found]
      .sort(
        ([one, near], [other, far]) =>
          near - far || (one.id < other.id ? -1 : 1),
      )
      .map(([runbook]) => runbook);
  }
}

function nearnessOf(
  { entityRefs }: IndexedRunbook,
  { entityRef, systemRef }: Pick<EntityFact, 'entityRef' | 'systemRef'>,
): number | undefined {
  if (entityRefs.includes(entityRef)) {
    return 0;
  }
  if (systemRef !== undefined && entityRefs.includes(systemRef)) {
    return 1;
  }
  return entityRefs.length === 0 ? 2 : undefined;
}
