import { Button } from '@backstage/ui';
import { RestoreTest } from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { useRestoreTests } from '../../api';
import { EntityLink, RelativeTime, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { RestoreTestDialog } from './RestoreTestDialog';
import styles from './database.module.css';

/** Who last tried to restore a backup, and a way to say that one has. */
export function RestoreTests(props: { entityRef: string; signalId: string }) {
  const { entityRef, signalId } = props;
  const t = useTranslation();
  const { restoreTests, record } = useRestoreTests(entityRef);
  const [isOpen, setOpen] = useState(false);
  const [notice, setNotice] = useState('');
  // One without a signal was of all databases of the entity.
  const [last] = (restoreTests ?? [])
    .filter(({ signal }) => signal === undefined || signal === signalId)
    .sort((a, b) => b.at.localeCompare(a.at));
  return (
    <div className={styles.restoreTests}>
      <span className={`${text.small} ${text.secondary}`}>
        {last && <LastTest restoreTest={last} />}
        {restoreTests && !last && t('health.database.restore.none')}
      </span>
      <Button
        size="small"
        variant="secondary"
        onPress={() => {
          setNotice('');
          setOpen(true);
        }}
      >
        {t('health.database.restore.record')}
      </Button>
      <span role="status" className={text.small}>
        {notice}
      </span>
      {isOpen && (
        <RestoreTestDialog
          onClose={() => setOpen(false)}
          onRecord={async restoreTest => {
            await record({ ...restoreTest, signal: signalId });
            setOpen(false);
            setNotice(t('health.database.restore.recorded'));
          }}
        />
      )}
    </div>
  );
}

function LastTest(props: { restoreTest: RestoreTest }) {
  const { at, result, recordedBy, note } = props.restoreTest;
  const t = useTranslation();
  return (
    <>
      {t(`health.database.restore.${result}`, {
        at: <RelativeTime at={at} style="date-and-clock" />,
        by: <EntityLink entityRef={recordedBy} />,
      })}
      {note && (
        <>
          {' '}
          <q className={styles.quote}>
            <bdi>{note}</bdi>
          </q>
        </>
      )}
    </>
  );
}
