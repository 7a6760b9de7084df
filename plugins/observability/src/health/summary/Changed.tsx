import {
  Change,
  EntityReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntityLink,
  PlainLink,
  RelativeTime,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import styles from './Summary.module.css';

const SHOWN = 3;

/** Changes explain what is wrong; while all is well they are no news. */
export function hasChanges(report: EntityReport): boolean {
  return (
    report.changes.length > 0 &&
    report.status !== 'ok' &&
    report.status !== null
  );
}

/** What changed shortly before it went wrong, nearest first. */
export function Changed(props: { report: EntityReport }) {
  const { report } = props;
  const t = useTranslation();
  return (
    <div className={styles.part}>
      <h3 className={styles.partTitle}>{t('health.next.changed')}</h3>
      <div>
        {report.changes.slice(0, SHOWN).map((change, index) => (
          <div
            key={`${change.at} ${change.kind} ${change.title}`}
            className={styles.entry}
          >
            <ChangeLine
              change={change}
              report={report}
              isNearest={index === 0}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function ChangeLine(props: {
  change: Change;
  report: EntityReport;
  isNearest: boolean;
}) {
  const { change, report, isNearest } = props;
  const t = useTranslation();
  const format = useFormat();
  const distance = report.since
    ? new Date(report.since).getTime() - new Date(change.at).getTime()
    : undefined;
  return (
    <>
      <div className={isNearest ? text.strong : undefined}>
        <PlainLink href={change.url}>
          <bdi>{change.title}</bdi>
        </PlainLink>{' '}
        {t('health.next.atClock', {
          clock: <RelativeTime at={change.at} style="clock" />,
        })}
      </div>
      <div className={`${text.small} ${text.secondary}`}>
        {distance !== undefined &&
          t(distance < 0 ? 'health.next.after' : 'health.next.before', {
            duration: format.duration(Math.abs(distance)),
          })}
        {change.author && (
          <>
            {' · '}
            {t('health.next.byAuthor', { author: <bdi>{change.author}</bdi> })}
          </>
        )}
        {change.entityRef !== report.entityRef && (
          <>
            {' · '}
            {t('health.next.onEntity', {
              entity: <EntityLink entityRef={change.entityRef} />,
            })}
          </>
        )}
      </div>
    </>
  );
}
