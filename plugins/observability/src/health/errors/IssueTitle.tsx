import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import { PlainLink, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { substatusWord } from './levelWord';
import styles from './IssueTable.module.css';

/** What an issue is: its title, linked to the vendor, and where it happens. */
export function IssueTitle(props: { issue: Issue }) {
  const { issue } = props;
  const t = useTranslation();
  const state = [
    issue.substatus && substatusWord(issue.substatus, t),
    issue.unhandled && t('health.issues.unhandled'),
  ]
    .filter(Boolean)
    .join(', ');
  const details = [issue.shortId, issue.culprit, state].filter(Boolean);
  return (
    <>
      <span className={styles.title} title={issue.title}>
        <PlainLink href={issue.url} quiet>
          <bdi>{issue.title}</bdi>
        </PlainLink>
      </span>
      <span className={`${text.ellipsis} ${text.small} ${text.secondary}`}>
        <bdi>{details.join(' · ')}</bdi>
      </span>
    </>
  );
}
