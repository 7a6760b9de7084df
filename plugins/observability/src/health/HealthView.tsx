import { Entity } from '@backstage/catalog-model';
import { Card } from '@backstage/ui';
import { ReactNode } from 'react';
import type { EntityReportState } from '../api';
import { Scope, useTranslation } from '../shared';
import { HealthReport } from './HealthReport';
import { EditLink } from './states/EditLink';
import { ForbiddenNotice } from './states/ForbiddenNotice';
import { HealthSkeleton } from './states/HealthSkeleton';
import { LoadFailure } from './states/LoadFailure';
import { Misconfigurations } from './states/Misconfigurations';
import { NotConfigured } from './states/NotConfigured';
import { OutdatedNotice } from './states/OutdatedNotice';
import { useRefreshControl } from './useRefreshControl';
import styles from './HealthView.module.css';

/** The Health tab in whatever state its report is. */
export function HealthView(props: { entity: Entity; view: EntityReportState }) {
  return (
    <Scope>
      <div className={styles.page}>
        <ViewBody {...props} />
      </div>
    </Scope>
  );
}

function ViewBody(props: { entity: Entity; view: EntityReportState }) {
  const { entity, view } = props;
  switch (view.state) {
    case 'loading':
      return <HealthSkeleton />;
    case 'forbidden':
      return (
        <NoticeCard>
          <ForbiddenNotice entity={entity} permission={view.permission} />
        </NoticeCard>
      );
    case 'failed':
      return (
        <NoticeCard>
          <LoadFailure
            entity={entity}
            error={view.error}
            nextTryAt={view.nextTryAt}
            onRetry={view.retry}
          />
        </NoticeCard>
      );
    default:
      return <LoadedReport entity={entity} view={view} />;
  }
}

function LoadedReport(props: {
  entity: Entity;
  view: Extract<EntityReportState, { state: 'loaded' }>;
}) {
  const { entity, view } = props;
  const { report, failure, loadedAt } = view;
  const control = useRefreshControl(view.refresh);
  const isConfigured =
    report.signals.length > 0 || report.members !== undefined;
  return (
    <>
      {failure && <OutdatedNotice loadedAt={loadedAt} failure={failure} />}
      {isConfigured ? (
        <HealthReport entity={entity} report={report} control={control} />
      ) : (
        <>
          <Misconfigurations
            entity={entity}
            misconfigurations={report.misconfigurations}
          />
          <NoticeCard>
            <NotConfigured
              entity={entity}
              misconfigurations={report.misconfigurations}
            />
            <p className={styles.edit}>
              <EditLink entity={entity} />
            </p>
          </NoticeCard>
        </>
      )}
    </>
  );
}

function NoticeCard(props: { children: ReactNode }) {
  const t = useTranslation();
  return (
    <Card className={styles.notice}>
      <h2 className={styles.title}>{t('health.title')}</h2>
      {props.children}
    </Card>
  );
}
