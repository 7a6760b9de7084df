import { Button } from '@backstage/ui';
import { NoticePanel, PlainLink, useTranslation } from '../../shared';
import { usePageHrefs } from '../usePageHrefs';
import styles from './editor.module.css';

/** Somebody else has saved meanwhile: what to do, so that nothing is lost. */
export function ConflictNotice(props: {
  name: string;
  onKeepMine(): void;
  onTakeTheirs(): void;
}) {
  const { name, onKeepMine, onTakeTheirs } = props;
  const t = useTranslation();
  const hrefs = usePageHrefs();
  return (
    <div role="alert" className={styles.notice}>
      <NoticePanel title={t('scheduleEditor.conflict.title')}>
        <p>{t('scheduleEditor.conflict.lead')}</p>
        <div className={styles.actions}>
          {hrefs && (
            <PlainLink
              href={new URL(
                hrefs.editSchedule(name),
                window.location.origin,
              ).toString()}
            >
              {t('scheduleEditor.conflict.look')}
            </PlainLink>
          )}
          <Button size="small" variant="secondary" onPress={onKeepMine}>
            {t('scheduleEditor.conflict.keepMine')}
          </Button>
          <Button size="small" variant="secondary" onPress={onTakeTheirs}>
            {t('scheduleEditor.conflict.takeTheirs')}
          </Button>
        </div>
      </NoticePanel>
    </div>
  );
}
