import { metricsOfAlert, normalizeAlertName } from '../metrics';
import {
  CoverageCounts,
  CoverageRow,
  CoverageState,
  OwnerCoverage,
} from '../model';
import { freshnessOf } from './freshness';

/** A service with all that can go wrong with it.
 * @public */
export interface CoveredService {
  entityRef: string;
  title: string;
  owner?: string;
  /** Ids of the metrics that a threshold is in force for, and names of alerts in use. */
  alerts: readonly string[];
}

/** A runbook as far as coverage goes.
 * @public */
export interface CoveringRunbook {
  id: string;
  title: string;
  /** What it answers. */
  alerts: readonly string[];
  /** Whose it is; one of no entity answers for all. */
  entityRefs: readonly string[];
  stepCount: number;
  lastTested?: string;
  /** The address that answers nothing, where the runbook is a link or has become one. */
  deadLink?: string;
}

/** The worst last: what is less bad answers for the alert. */
const STATES: readonly CoverageState[] = [
  'ok',
  'stale',
  'never-tested',
  'no-steps',
  'dead-link',
  'missing',
];

/**
 * Says of each alert of each service whether a runbook can be relied on for it.
 * The id of a metric and the name of its alert are one; case and punctuation of
 * names are ignored. Of several runbooks the one in the best state counts, then
 * the service's own, then the one that was tested last. What needs work comes
 * first.
 *
 * @public
 */
export function computeCoverage(options: {
  services: readonly CoveredService[];
  runbooks: readonly CoveringRunbook[];
  now: Date;
}): CoverageRow[] {
  const { services, runbooks, now } = options;
  const byAlert = new Map<string, CoveringRunbook[]>();
  for (const runbook of runbooks) {
    for (const key of new Set(runbook.alerts.map(alertKey))) {
      byAlert.set(key, [...(byAlert.get(key) ?? []), runbook]);
    }
  }
  return services
    .flatMap(service =>
      alertsOf(service).map(alert =>
        rowOf(service, alert, byAlert.get(alertKey(alert)) ?? [], now),
      ),
    )
    .sort(
      (one, other) =>
        STATES.indexOf(other.state) - STATES.indexOf(one.state) ||
        compare(one.alert, other.alert) ||
        compare(one.entityRef, other.entityRef),
    );
}

/** How many rows are in each state.
 * @public */
export function countCoverage(rows: readonly CoverageRow[]): CoverageCounts {
  const counts: CoverageCounts = {
    ok: 0,
    missing: 0,
    'dead-link': 0,
    'no-steps': 0,
    stale: 0,
    'never-tested': 0,
  };
  for (const { state } of rows) {
    counts[state]++;
  }
  return counts;
}

/** The coverage of each team, by the names of the teams; services without one come last.
 * @public */
export function coverageByOwner(rows: readonly CoverageRow[]): OwnerCoverage[] {
  const groups = new Map<string | undefined, CoverageRow[]>();
  for (const row of rows) {
    groups.set(row.owner, [...(groups.get(row.owner) ?? []), row]);
  }
  return [...groups]
    .sort(([one], [other]) =>
      one === undefined || other === undefined
        ? Number(one === undefined) - Number(other === undefined)
        : compare(one, other),
    )
    .map(([owner, own]) => ({
      ...(owner === undefined ? {} : { owner }),
      counts: countCoverage(own),
    }));
}

/** What tells alerts apart: ids of metrics and their aliases have one key. */
function alertKey(alert: string): string {
  const [metric] = metricsOfAlert(alert);
  return normalizeAlertName(metric?.alertName ?? alert);
}

/** Each alert once, whatever it is called by. */
function alertsOf({ alerts }: CoveredService): string[] {
  const names = new Map<string, string>();
  for (const alert of alerts) {
    const key = alertKey(alert);
    if (key && !names.has(key)) {
      names.set(key, alert);
    }
  }
  return [...names.values()];
}

function rowOf(
  service: CoveredService,
  alert: string,
  answering: readonly CoveringRunbook[],
  now: Date,
): CoverageRow {
  const { entityRef, title, owner } = service;
  const metrics = metricsOfAlert(alert);
  const metric = metrics.find(({ id }) => id === alert) ?? metrics[0];
  const [best] = answering
    .filter(
      ({ entityRefs }) =>
        entityRefs.length === 0 || entityRefs.includes(entityRef),
    )
    .map(runbook => ({ runbook, state: stateOf(runbook, now) }))
    .sort(
      (one, other) =>
        STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
        Number(one.runbook.entityRefs.length === 0) -
          Number(other.runbook.entityRefs.length === 0) ||
        compare(other.runbook.lastTested ?? '', one.runbook.lastTested ?? '') ||
        compare(one.runbook.id, other.runbook.id),
    );
  return {
    alert: metric?.alertName ?? alert,
    ...(metric ? { metric: metric.id } : {}),
    entityRef,
    entityTitle: title,
    ...(owner ? { owner } : {}),
    ...(best ? described(best) : { state: 'missing' }),
  };
}

function described(best: {
  runbook: CoveringRunbook;
  state: CoverageState;
}): Pick<CoverageRow, 'state' | 'runbook' | 'link'> {
  const { id, title, stepCount, lastTested, deadLink } = best.runbook;
  return {
    state: best.state,
    runbook: { id, title, stepCount, ...(lastTested ? { lastTested } : {}) },
    ...(deadLink ? { link: deadLink } : {}),
  };
}

function stateOf(runbook: CoveringRunbook, now: Date): CoverageState {
  if (runbook.deadLink) {
    return 'dead-link';
  }
  if (runbook.stepCount === 0) {
    return 'no-steps';
  }
  const freshness = freshnessOf(runbook.lastTested, now);
  return freshness === 'stale' || freshness === 'never-tested'
    ? freshness
    : 'ok';
}

function compare(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
