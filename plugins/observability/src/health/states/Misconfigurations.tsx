import { Entity } from '@backstage/catalog-model';
import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';
import { NoticePanel, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { EditLink } from './EditLink';
import styles from './states.module.css';

/** Annotations of the entity that say something that nobody can read. */
export function Misconfigurations(props: {
  entity: Entity;
  misconfigurations: EntityReport['misconfigurations'];
}) {
  const { entity, misconfigurations } = props;
  const t = useTranslation();
  if (misconfigurations.length === 0) {
    return null;
  }
  return (
    <div className={styles.onPage}>
      <NoticePanel title={t('health.misconfigured.title')}>
        <ul className={styles.list}>
          {misconfigurations.map(({ annotation, message }) => (
            <li key={`${annotation} ${message}`}>
              <code className={text.code}>{annotation}</code>{' '}
              <bdi>{message}</bdi>
            </li>
          ))}
        </ul>
        <p className={text.small}>
          <EditLink entity={entity} />
        </p>
      </NoticePanel>
    </div>
  );
}
