import { Entity } from '@backstage/catalog-model';
import { SENTRY_PROJECT_SLUG_ANNOTATION } from '@watchkeeper/backstage-plugin-observability-common';
import { CopyButton, StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { fileNameOf, kindWord } from '../entity';
import styles from './states.module.css';

/** What to write where, with this entity's own values, ready to be copied. */
export function NotConfigured(props: { entity: Entity }) {
  const { entity } = props;
  const t = useTranslation();
  const annotations = [
    `${SENTRY_PROJECT_SLUG_ANNOTATION}: ${entity.metadata.name}`,
  ];
  const yaml = [
    'metadata:',
    '  annotations:',
    ...annotations.map(line => `    ${line}`),
  ].join('\n');
  return (
    <div className={styles.notice}>
      <p>
        <StatusBadge status={null} />
      </p>
      <p>
        {t('health.notConfigured.lead', {
          kind: kindWord(entity, t),
          file: <code className={text.code}>{fileNameOf(entity)}</code>,
        })}
      </p>
      <div className={styles.code}>
        <pre>
          <code>{yaml}</code>
        </pre>
        <CopyButton
          text={`${annotations.join('\n')}\n`}
          label={t('health.notConfigured.copy')}
        />
      </div>
      <p className={`${text.small} ${text.secondary}`}>
        {t('health.notConfigured.slugHint')}
      </p>
    </div>
  );
}
