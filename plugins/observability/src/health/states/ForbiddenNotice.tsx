import { Entity } from '@backstage/catalog-model';
import { RiLockFill } from '@remixicon/react';
import { EntityLink, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { kindWord, ownerOf } from '../entity';
import styles from './states.module.css';

/** Which permission is missing, and who can help. Nothing of the service. */
export function ForbiddenNotice(props: { entity: Entity; permission: string }) {
  const { entity, permission } = props;
  const t = useTranslation();
  const owner = ownerOf(entity);
  return (
    <div className={styles.notice}>
      <p className={styles.noticeTitle}>
        <RiLockFill size={16} aria-hidden="true" className={styles.icon} />
        {t('health.forbidden.title', { kind: kindWord(entity, t) })}
      </p>
      <p className={text.secondary}>
        {t('health.forbidden.permission', {
          permission: <code className={text.code}>{permission}</code>,
        })}{' '}
        {owner
          ? t('health.forbidden.owner', {
              owner: <EntityLink entityRef={owner} />,
            })
          : t('health.forbidden.noOwner')}
      </p>
    </div>
  );
}
