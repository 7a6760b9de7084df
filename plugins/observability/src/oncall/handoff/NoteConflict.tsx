import { Button } from '@backstage/ui';
import { HandoffNote } from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { NoteText } from './NoteText';
import styles from './handoff.module.css';

/** Two people wrote at once: both texts, side by side, and which to go on with. */
export function NoteConflict(props: {
  theirs: HandoffNote;
  mine: string;
  onTakeTheirs(): void;
  onKeepMine(): void;
}) {
  const { theirs, mine, onTakeTheirs, onKeepMine } = props;
  const t = useTranslation();
  return (
    <div role="group" aria-label={t('onCall.handoff.conflict')}>
      <p role="alert">
        <b className={text.strong}>{t('onCall.handoff.conflict')}</b>{' '}
        <span className={text.secondary}>
          {t('onCall.handoff.conflictHint')}
        </span>
      </p>
      <div className={styles.both}>
        <section>
          <h3>{t('onCall.handoff.theirs')}</h3>
          <NoteText text={theirs.text} />
          <Button size="small" variant="secondary" onPress={onTakeTheirs}>
            {t('onCall.handoff.takeTheirs')}
          </Button>
        </section>
        <section>
          <h3>{t('onCall.handoff.yours')}</h3>
          <NoteText text={mine} />
          <Button size="small" variant="secondary" onPress={onKeepMine}>
            {t('onCall.handoff.keepYours')}
          </Button>
        </section>
      </div>
    </div>
  );
}
