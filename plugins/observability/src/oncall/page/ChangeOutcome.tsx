import { RelativeTime, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';

/** How the last change went; else since when what is shown may be out of date. */
export function ChangeOutcome(props: {
  outcome: { failure?: Error } | undefined;
  outdatedSince: Date | undefined;
}) {
  const { outcome, outdatedSince } = props;
  const t = useTranslation();
  return (
    <div role="status" className={text.small}>
      {outcome &&
        (outcome.failure
          ? t('onCall.timeline.failedChange', {
              message: outcome.failure.message,
            })
          : t('onCall.timeline.done'))}
      {!outcome && outdatedSince && (
        <span className={text.secondary}>
          {t('onCall.outdated', {
            age: <RelativeTime at={outdatedSince.toISOString()} />,
          })}
        </span>
      )}
    </div>
  );
}
