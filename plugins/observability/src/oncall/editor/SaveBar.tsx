import { Button } from '@backstage/ui';
import { ReactNode } from 'react';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { useWatchFormat } from '../time/useWatchFormat';
import { PreviewFacts } from './previewFacts';
import styles from './editor.module.css';

/** What saving would do, and the two ways out; in sight all the time. */
export function SaveBar(props: {
  isNew: boolean;
  hasChanges: boolean;
  facts: PreviewFacts | undefined;
  /** Nothing before it changes. */
  changeStart: string;
  /** Why it is not saved. */
  problem: ReactNode;
  isSaving: boolean;
  onDiscard(): void;
  onSave(): void;
}) {
  const { isNew, hasChanges, facts, changeStart, problem } = props;
  const { isSaving, onDiscard, onSave } = props;
  const t = useTranslation();
  const watch = useWatchFormat();
  return (
    <section
      aria-label={t('scheduleEditor.save.label')}
      className={styles.saveBar}
    >
      <div className={styles.saveWords}>
        <b className={text.strong}>{headline()}</b>
        <span className={`${text.small} ${text.secondary}`}>
          {isNew
            ? t('scheduleEditor.save.pastNew')
            : t('scheduleEditor.save.past', {
                when: watch.full(new Date(changeStart)),
              })}
        </span>
        <span role="alert" className={`${text.small} ${text.critical}`}>
          {problem}
        </span>
      </div>
      <Button
        variant="secondary"
        isDisabled={(!hasChanges && !isNew) || isSaving}
        onPress={onDiscard}
      >
        {t('scheduleEditor.save.discard')}
      </Button>
      <Button
        variant="primary"
        isDisabled={!hasChanges}
        isPending={isSaving}
        onPress={onSave}
      >
        {isNew
          ? t('scheduleEditor.save.create')
          : t('scheduleEditor.save.save')}
      </Button>
    </section>
  );

  function headline(): string {
    if (isNew) {
      return t('scheduleEditor.save.new');
    }
    if (!hasChanges) {
      return t('scheduleEditor.save.nothing');
    }
    const { count = 0, firstAt } = facts?.shifts ?? {};
    return count > 0 && firstAt
      ? t('scheduleEditor.save.changes', {
          count,
          when: watch.full(new Date(firstAt)),
        })
      : t('scheduleEditor.save.noShifts');
  }
}
