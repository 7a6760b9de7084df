import {
  BackupItem,
  DatabaseData,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { SignalOf } from '../signals';
import { Limitations } from './Limitations';
import { RestoreTests } from './RestoreTests';
import styles from './database.module.css';

const KEYS = {
  daily: 'daily',
  pitr: 'pitr',
  retention: 'retention',
  recency: 'recency',
  'restore-test': 'restoreTest',
} as const satisfies Record<BackupItem['check'], string>;

function statusOf(passed: boolean | null): Status {
  if (passed === null) {
    return 'unknown';
  }
  return passed ? 'ok' : 'warning';
}

/** Whether the database could be brought back, as a checklist, and whether somebody tried. */
export function Backups(props: {
  entityRef: string;
  signal: SignalOf<'database'>;
  data: DatabaseData;
}) {
  const { entityRef, signal, data } = props;
  const items = data.backups?.items ?? [];
  const t = useTranslation();
  return (
    <div>
      <h3 className={styles.subtitle}>
        {items.length > 0
          ? t('health.database.backup.count', {
              passed: String(items.filter(({ passed }) => passed).length),
              total: String(items.length),
            })
          : t('health.database.backup.title')}
      </h3>
      <Limitations data={data} areas={['backups']} isTitled />
      {items.length > 0 && (
        <ul className={styles.checklist}>
          {items.map(({ check, passed, detail }) => (
            <li key={check}>
              <StatusBadge status={statusOf(passed)} hideWord>
                {passed === null && t('health.database.backup.unknown')}
                {passed === true && t('health.database.backup.passed')}
                {passed === false && t('health.database.backup.failed')}
              </StatusBadge>
              <span>{t(`health.database.backup.${KEYS[check]}`)}</span>
              <bdi className={text.secondary}>{detail}</bdi>
            </li>
          ))}
        </ul>
      )}
      <RestoreTests entityRef={entityRef} signalId={signal.id} />
    </div>
  );
}
