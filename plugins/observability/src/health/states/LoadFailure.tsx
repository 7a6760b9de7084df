import { Entity } from '@backstage/catalog-model';
import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { NextTry, StatusBadge, Translate, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { kindWord } from '../entity';
import styles from './states.module.css';

/** Our own failure. It says nothing about the service, and says that. */
export function LoadFailure(props: {
  entity: Entity;
  error: Error;
  nextTryAt: Date;
  onRetry(): void;
}) {
  const { entity, error, nextTryAt, onRetry } = props;
  const t = useTranslation();
  const isUnknownEntity = error.name === 'NotFoundError';
  return (
    <div className={styles.notice}>
      <p>
        <StatusBadge status="unknown" variant="chip" />
      </p>
      <p>
        {isUnknownEntity ? (
          <>
            {t('health.failed.notFound', { kind: kindWord(entity, t) })}{' '}
            {t('health.failed.notFoundHint')}
          </>
        ) : (
          <>
            {t('health.failed.title')} {t('health.failed.nothing')}
          </>
        )}
      </p>
      <p className={`${text.small} ${text.secondary}`}>
        {!isUnknownEntity && (
          <>
            <bdi>{errorText(error, t)}</bdi>{' '}
          </>
        )}
        <NextTry at={nextTryAt} />
      </p>
      <p>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiRefreshLine aria-hidden="true" />}
          onPress={onRetry}
        >
          {t('health.failed.retry')}
        </Button>
      </p>
    </div>
  );
}

/** The status of an answer; what the browser says where there was no answer. */
export function errorText(error: Error, t: Translate): string {
  return 'statusCode' in error && typeof error.statusCode === 'number'
    ? t('health.failed.error', { status: String(error.statusCode) })
    : `${error.message}.`;
}
