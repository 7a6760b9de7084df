import { Entity } from '@backstage/catalog-model';
import {
  EntityReport,
  HTTP_CHECKS_ANNOTATION,
  POSTGRES_ANNOTATION,
  SENTRY_PROJECT_SLUG_ANNOTATION,
  SUPABASE_PROJECT_REF_ANNOTATION,
  UPTIMEROBOT_MONITORS_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';
import { CopyButton, StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { fileNameOf, kindWord, namesSource } from '../entity';
import { NotYetRead } from './NotYetRead';
import styles from './states.module.css';

/**
 * What to write where, with this entity's own values, ready to be copied. Where
 * it is written already, it has only not been read.
 */
export function NotConfigured(props: {
  entity: Entity;
  misconfigurations: EntityReport['misconfigurations'];
}) {
  const { entity, misconfigurations } = props;
  const t = useTranslation();
  if (namesSource(entity) && misconfigurations.length === 0) {
    return (
      <div className={styles.notice}>
        <NotYetRead />
      </div>
    );
  }
  const annotations = [
    `${SENTRY_PROJECT_SLUG_ANNOTATION}: ${entity.metadata.name}`,
    `${UPTIMEROBOT_MONITORS_ANNOTATION}: "<id>"`,
    `${HTTP_CHECKS_ANNOTATION}: ${entity.metadata.name}`,
    `${SUPABASE_PROJECT_REF_ANNOTATION}: <ref>`,
    `${POSTGRES_ANNOTATION}: ${entity.metadata.name}`,
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
