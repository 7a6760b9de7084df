import { isNotFound } from '../../api/failures';
import { LoadFailure } from '../../api/LiveResource';
import { HiddenText, NextTry, NoticePanel, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import styles from './page.module.css';

/** What stands in the place of the lanes: the wait, or why they cannot be drawn. */
export function TimelineProblem(props: {
  failure: LoadFailure | undefined;
  onRetry(): void;
}) {
  const { failure, onRetry } = props;
  const t = useTranslation();
  if (!failure) {
    return (
      <div role="status" aria-busy="true" className={styles.waiting}>
        <HiddenText>{t('onCall.timeline.loading')}</HiddenText>
      </div>
    );
  }
  const isGone = isNotFound(failure.error);
  return (
    <NoticePanel
      title={isGone ? t('onCall.timeline.gone') : t('onCall.timeline.failed')}
      action={{ label: t('shared.frame.tryNow'), onPress: onRetry }}
    >
      {!isGone && (
        <p className={text.small}>
          <bdi>{failure.error.message}</bdi> <NextTry at={failure.nextTryAt} />
        </p>
      )}
    </NoticePanel>
  );
}
