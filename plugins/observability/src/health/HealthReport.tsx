import { Entity } from '@backstage/catalog-model';
import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { parseInstant, RefreshControl, TrendMarker } from '../shared';
import { DatabaseSection } from './database/DatabaseSection';
import { ErrorsSection } from './errors/ErrorsSection';
import { MembersTable } from './MembersTable';
import { OnCallPanel } from './panels/OnCallPanel';
import { PostmortemsPanel } from './panels/PostmortemsPanel';
import { RunbooksPanel } from './panels/RunbooksPanel';
import { PerformanceSection } from './performance/PerformanceSection';
import { ReleasesSection } from './releases/ReleasesSection';
import { signalsOf } from './signals';
import { Misconfigurations } from './states/Misconfigurations';
import { IncidentLines } from './summary/IncidentLines';
import { Summary } from './summary/Summary';
import { UptimeSection } from './uptime/UptimeSection';
import styles from './HealthReport.module.css';

/** A report, most urgent first. What has nothing to say takes no room. */
export function HealthReport(props: {
  entity: Entity;
  report: EntityReport;
  control: RefreshControl & { notice: string };
}) {
  const { entity, report, control } = props;
  const { signals, onCall, runbooks, uncovered, postmortems } = report;
  const markers = useReleaseMarkers(report);
  const errors = signalsOf(signals, 'errors');
  const performance = signalsOf(signals, 'performance');
  const releases = signalsOf(signals, 'releases');
  const hasAside = [onCall, runbooks, uncovered, postmortems].some(
    list => list.length > 0,
  );
  return (
    <>
      <Misconfigurations
        entity={entity}
        misconfigurations={report.misconfigurations}
      />
      <IncidentLines incidents={report.incidents} />
      <Summary report={report} control={control} />
      {report.members && <MembersTable members={report.members} />}
      {(errors.length > 0 || performance.length > 0 || hasAside) && (
        <div className={styles.columns} data-aside={hasAside}>
          <div className={styles.stack}>
            <ErrorsSection
              signals={errors}
              markers={markers}
              control={control}
            />
            <PerformanceSection
              signals={performance}
              markers={markers}
              control={control}
            />
          </div>
          {hasAside && (
            <aside className={styles.stack}>
              {onCall.length > 0 && <OnCallPanel onCall={onCall} />}
              {(runbooks.length > 0 || uncovered.length > 0) && (
                <RunbooksPanel runbooks={runbooks} uncovered={uncovered} />
              )}
              {postmortems.length > 0 && (
                <PostmortemsPanel postmortems={postmortems} />
              )}
            </aside>
          )}
        </div>
      )}
      <ReleasesSection signals={releases} control={control} />
      <UptimeSection
        entityRef={report.entityRef}
        signals={signalsOf(signals, 'uptime')}
        control={control}
      />
      <DatabaseSection
        entityRef={report.entityRef}
        signals={signalsOf(signals, 'database')}
        control={control}
      />
    </>
  );
}

/** Every chart of the page shows the releases that fall into its window. */
function useReleaseMarkers(report: EntityReport): readonly TrendMarker[] {
  return useMemo(
    () =>
      signalsOf(report.signals, 'releases')
        .flatMap(signal => signal.data?.releases ?? [])
        .flatMap(({ version, createdAt }) => {
          const at = parseInstant(createdAt);
          return at ? [{ at: at.getTime(), label: version }] : [];
        }),
    [report.signals],
  );
}
