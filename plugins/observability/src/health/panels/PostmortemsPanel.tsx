import { PostmortemSummary } from '@watchkeeper/backstage-plugin-observability-common';
import {
  RelativeTime,
  Section,
  StatusBadge,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import styles from './panels.module.css';

/** What went wrong before, and what is still to be done about it. */
export function PostmortemsPanel(props: {
  postmortems: readonly PostmortemSummary[];
}) {
  const t = useTranslation();
  return (
    <Section title={t('health.postmortems.title')}>
      {props.postmortems.map(postmortem => (
        <div key={postmortem.id} className={styles.row}>
          <b className={text.strong}>
            <bdi>{postmortem.title}</bdi>
          </b>
          <div className={`${text.small} ${text.secondary}`}>
            {postmortem.severity && <>{postmortem.severity} · </>}
            {postmortem.status === 'draft' && t('health.postmortems.draft')}
            {postmortem.status === 'in-review' &&
              t('health.postmortems.inReview')}
            {postmortem.status === 'published' && (
              <RelativeTime at={postmortem.publishedAt} style="clock" />
            )}
          </div>
          <div className={text.small}>
            <OpenActions postmortem={postmortem} />
          </div>
        </div>
      ))}
    </Section>
  );
}

function OpenActions(props: { postmortem: PostmortemSummary }) {
  const { openActions, overdueActions } = props.postmortem;
  const t = useTranslation();
  if (overdueActions > 0) {
    return (
      <StatusBadge status="warning">
        {t('health.postmortems.overdue', { count: overdueActions })}
      </StatusBadge>
    );
  }
  return (
    <span className={text.secondary}>
      {openActions > 0
        ? t('health.postmortems.open', { count: openActions })
        : t('health.postmortems.allDone')}
    </span>
  );
}
