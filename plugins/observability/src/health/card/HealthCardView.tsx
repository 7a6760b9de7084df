import { Entity } from '@backstage/catalog-model';
import { Card } from '@backstage/ui';
import { ReactNode, useId } from 'react';
import type { EntityReportState } from '../../api';
import { PlainLink, PortalLink, Scope, useTranslation } from '../../shared';
import { EditLink } from '../states/EditLink';
import { ForbiddenNotice } from '../states/ForbiddenNotice';
import { LoadFailure } from '../states/LoadFailure';
import { Misconfigurations } from '../states/Misconfigurations';
import { NotConfigured } from '../states/NotConfigured';
import { OutdatedNotice } from '../states/OutdatedNotice';
import { runbookToFollow } from '../summary/DoNext';
import { ReadAge } from '../summary/ReadAge';
import { useHealthHref } from '../useHealthHref';
import { CardReport } from './CardReport';
import { CardSkeleton } from './CardSkeleton';
import styles from './HealthCard.module.css';

/** The Health card in whatever state its report is. */
export function HealthCardView(props: {
  entity: Entity;
  view: EntityReportState;
}) {
  const { entity, view } = props;
  const t = useTranslation();
  const healthHref = useHealthHref(entity);
  switch (view.state) {
    case 'loading':
      return (
        <CardFrame>
          <CardSkeleton />
        </CardFrame>
      );
    case 'forbidden':
      return (
        <CardFrame>
          <div className={styles.notice}>
            <ForbiddenNotice entity={entity} permission={view.permission} />
          </div>
        </CardFrame>
      );
    case 'failed':
      return (
        <CardFrame>
          <div className={styles.notice}>
            <LoadFailure
              entity={entity}
              error={view.error}
              nextTryAt={view.nextTryAt}
              onRetry={view.retry}
            />
          </div>
        </CardFrame>
      );
    default: {
      const { report, failure, loadedAt } = view;
      const runbook = runbookToFollow(report);
      const problems = (
        <>
          {failure && (
            <div className={styles.problem}>
              <OutdatedNotice loadedAt={loadedAt} failure={failure} />
            </div>
          )}
          {report.misconfigurations.length > 0 && (
            <div className={styles.problem}>
              <Misconfigurations
                entity={entity}
                misconfigurations={report.misconfigurations}
              />
            </div>
          )}
        </>
      );
      if (report.signals.length === 0 && report.members === undefined) {
        return (
          <CardFrame footer={<EditLink entity={entity} />}>
            {problems}
            <div className={styles.notice}>
              <NotConfigured
                entity={entity}
                misconfigurations={report.misconfigurations}
              />
            </div>
          </CardFrame>
        );
      }
      return (
        <CardFrame
          age={<ReadAge signals={report.signals} />}
          footer={
            <>
              <PortalLink href={healthHref}>{t('health.open')}</PortalLink>
              {runbook && (
                <PlainLink href={runbook.url}>
                  {t('health.card.runbook', {
                    title: <bdi>{runbook.title}</bdi>,
                  })}
                </PlainLink>
              )}
            </>
          }
        >
          {problems}
          <CardReport
            report={report}
            healthHref={healthHref}
            onRefresh={view.refresh}
          />
        </CardFrame>
      );
    }
  }
}

function CardFrame(props: {
  age?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const { age, footer, children } = props;
  const t = useTranslation();
  const titleId = useId();
  return (
    <Scope>
      <Card className={styles.card} aria-labelledby={titleId}>
        <div className={styles.head}>
          <h2 id={titleId} className={styles.title}>
            {t('health.title')}
          </h2>
          {age && <span className={styles.age}>{age}</span>}
        </div>
        {children}
        {footer && <div className={styles.foot}>{footer}</div>}
      </Card>
    </Scope>
  );
}
