import {
  NextTry,
  NoticePanel,
  RelativeTime,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { errorText } from './LoadFailure';
import styles from './states.module.css';

/** Reading the report again failed: what is on the page is from before. */
export function OutdatedNotice(props: {
  loadedAt: Date;
  failure: { error: Error; nextTryAt: Date };
}) {
  const { loadedAt, failure } = props;
  const t = useTranslation();
  return (
    <div className={styles.onPage}>
      <NoticePanel
        title={t('health.failed.outdated', {
          age: <RelativeTime at={loadedAt.toISOString()} />,
        })}
      >
        <p className={`${text.small} ${text.secondary}`}>
          {errorText(failure.error, t)} <NextTry at={failure.nextTryAt} />
        </p>
      </NoticePanel>
    </div>
  );
}
