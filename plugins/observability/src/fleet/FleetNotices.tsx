import { Button, Card } from '@backstage/ui';
import { SENTRY_PROJECT_SLUG_ANNOTATION } from '@watchkeeper/backstage-plugin-observability-common';
import { CopyButton, NextTry, NoticePanel, useTranslation } from '../shared';
import styles from './FleetPage.module.css';

const ANNOTATION = `${SENTRY_PROJECT_SLUG_ANNOTATION}: `;

/** The reader may not see any of it. */
export function FleetForbidden(props: { permission: string }) {
  const t = useTranslation();
  return (
    <Card className={styles.card}>
      <div className={styles.notice}>
        <h3>{t('fleet.state.forbiddenTitle')}</h3>
        <p>
          {t('fleet.state.forbidden', {
            permission: <code>{props.permission}</code>,
          })}
        </p>
      </div>
    </Card>
  );
}

/** The list could not be read; that is our failure, not the services'. */
export function FleetFailed(props: {
  error: Error;
  nextTryAt: Date;
  trying: boolean;
  retry(): void;
}) {
  const { error, nextTryAt, trying, retry } = props;
  const t = useTranslation();
  return (
    <Card className={styles.card}>
      <div role="alert" className={styles.notice}>
        <NoticePanel
          title={t('fleet.state.failedTitle')}
          action={{
            label: t('fleet.state.retry'),
            isPending: trying,
            onPress: retry,
          }}
        >
          <p>{t('fleet.state.failed')}</p>
          <p className={styles.small}>
            <bdi>{error.message}</bdi>
            {' · '}
            <NextTry at={nextTryAt} />
          </p>
        </NoticePanel>
      </div>
    </Card>
  );
}

/** No service names a source, or there is none at all. */
export function FleetEmpty(props: { hasServices: boolean }) {
  const t = useTranslation();
  if (!props.hasServices) {
    return (
      <Card className={styles.card}>
        <div className={styles.notice}>
          <h3>{t('fleet.state.emptyTitle')}</h3>
          <p>{t('fleet.state.empty')}</p>
        </div>
      </Card>
    );
  }
  return (
    <Card className={styles.card}>
      <div className={styles.notice}>
        <h3>{t('fleet.state.noSourceTitle')}</h3>
        <p>{t('fleet.state.noSource')}</p>
        <div className={styles.code}>
          <code>{`${ANNOTATION}<slug>`}</code>
          <CopyButton
            text={ANNOTATION}
            label={t('fleet.state.copyAnnotation')}
          />
        </div>
      </div>
    </Card>
  );
}

/** The filters leave nothing. */
export function FleetNoMatch(props: { onClear(): void }) {
  const t = useTranslation();
  return (
    <div role="status" className={styles.noMatch}>
      <p>{t('fleet.state.noMatch')}</p>
      <Button size="small" variant="secondary" onPress={props.onClear}>
        {t('fleet.filter.clear')}
      </Button>
    </div>
  );
}
