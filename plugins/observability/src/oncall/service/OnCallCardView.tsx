import { Entity } from '@backstage/catalog-model';
import { Card, Skeleton } from '@backstage/ui';
import { ON_CALL_ANNOTATION } from '@watchkeeper/backstage-plugin-observability-common';
import { useId } from 'react';
import type { EntityReportState } from '../../api';
import {
  CopyButton,
  EntityLink,
  RelativeTime,
  Scope,
  useTranslation,
} from '../../shared';
import { fileNameOf, ownerOf } from '../../health/entity';
import { ForbiddenNotice } from '../../health/states/ForbiddenNotice';
import { LoadFailure } from '../../health/states/LoadFailure';
import text from '../../shared/text.module.css';
import { OnCallLevels } from './OnCallLevels';
import styles from './service.module.css';

/** The on-call card in whatever state its report is. */
export function OnCallCardView(props: {
  entity: Entity;
  view: EntityReportState;
}) {
  const t = useTranslation();
  const titleId = useId();
  return (
    <Scope>
      <Card className={styles.card} aria-labelledby={titleId}>
        <h2 id={titleId} className={styles.title}>
          {t('health.onCall.title')}
        </h2>
        <CardBody {...props} />
      </Card>
    </Scope>
  );
}

function CardBody(props: { entity: Entity; view: EntityReportState }) {
  const { entity, view } = props;
  const t = useTranslation();
  switch (view.state) {
    case 'loading':
      return (
        <div
          role="status"
          aria-busy="true"
          aria-label={t('onCall.loading')}
          className={styles.skeleton}
        >
          <Skeleton width="60%" height={20} />
          <Skeleton width="80%" height={16} />
        </div>
      );
    case 'forbidden':
      return <ForbiddenNotice entity={entity} permission={view.permission} />;
    case 'failed':
      return (
        <LoadFailure
          entity={entity}
          error={view.error}
          nextTryAt={view.nextTryAt}
          onRetry={view.retry}
        />
      );
    default:
      return (
        <>
          {view.report.onCall.length > 0 ? (
            <OnCallLevels onCall={view.report.onCall} />
          ) : (
            <NoSchedule entity={entity} />
          )}
          {view.failure && (
            <p className={`${text.small} ${text.secondary}`}>
              {t('onCall.outdated', {
                age: <RelativeTime at={view.loadedAt.toISOString()} />,
              })}
            </p>
          )}
        </>
      );
  }
}

/** How a service comes by its schedule, ready to be copied. */
function NoSchedule(props: { entity: Entity }) {
  const { entity } = props;
  const t = useTranslation();
  const owner = ownerOf(entity);
  const line = `${ON_CALL_ANNOTATION}: <schedule>`;
  return (
    <div className={styles.empty}>
      <p>
        {owner
          ? t('onCall.empty.owner', { owner: <EntityLink entityRef={owner} /> })
          : t('onCall.empty.noOwner')}
      </p>
      <p className={text.secondary}>
        {t('onCall.empty.lead', {
          file: <code className={text.code}>{fileNameOf(entity)}</code>,
        })}
      </p>
      <div className={styles.code}>
        <code>{line}</code>
        <CopyButton text={`${line}\n`} label={t('onCall.empty.copy')} />
      </div>
    </div>
  );
}
