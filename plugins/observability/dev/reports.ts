import type { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import * as reports from '../src/__fixtures__/reports';
import * as operations from '../src/__fixtures__/operationsReports';
import { failure } from './failure';

/** What the page of each entity of the dev portal shows, by the name of the entity. */
const REPORTS: Record<
  string,
  (now: number) => EntityReport | Promise<EntityReport>
> = {
  ok: reports.okReport,
  'no-errors': reports.noErrorsReport,
  warning: reports.warningReport,
  critical: reports.criticalReport,
  'visioncrm-api': reports.fullReport,
  everything: operations.everythingReport,
  'all-well': operations.allWellReport,
  'monitor-states': operations.monitorStatesReport,
  databases: operations.databasesReport,
  'source-failing': reports.failingReport,
  stale: reports.staleReport,
  'first-read-pending': reports.pendingReport,
  'not-configured': reports.notConfiguredReport,
  misconfigured: reports.misconfiguredReport,
  'several-sources': reports.severalSourcesReport,
  'hostile-text': reports.hostileReport,
  visioncrm: reports.systemReport,
  loading: () => new Promise(() => {}),
  forbidden: async () => {
    throw await failure(403);
  },
  'not-found': async () => {
    throw await failure(404);
  },
  failed: async () => {
    throw await failure(503);
  },
};

export const REPORT_NAMES = Object.keys(REPORTS);

/** The report of an entity of the dev portal; all is well with those of the list that have none of their own. */
export async function reportOf(entityRef: string): Promise<EntityReport> {
  const [, name] = entityRef.split('/');
  const createReport = REPORTS[name] ?? reports.okReport;
  return { ...(await createReport(Date.now())), entityRef };
}
