import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  PlainLink,
  RelativeTime,
  Sparkline,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import styles from './performance.module.css';

/** Queries that the service itself reported as slow. */
export function SlowQueries(props: { issues: readonly Issue[] }) {
  const t = useTranslation();
  const format = useFormat();
  const columns = useMemo<DataTableColumn<Issue>[]>(
    () => [
      {
        id: 'query',
        label: t('health.performance.query'),
        isRowHeader: true,
        render: issue => (
          <>
            <span className={text.ellipsis} title={issue.title}>
              <PlainLink href={issue.url} quiet>
                <bdi>{issue.title}</bdi>
              </PlainLink>
            </span>
            <span
              className={`${text.ellipsis} ${text.small} ${text.secondary}`}
            >
              <bdi>
                {[issue.shortId, issue.culprit].filter(Boolean).join(' · ')}
              </bdi>
            </span>
          </>
        ),
      },
      {
        id: 'trend',
        label: t('health.issues.trend'),
        width: 104,
        render: issue => (
          <Sparkline
            kind="bars"
            values={issue.trend}
            label={t('health.issues.trendLabel', { issue: issue.shortId })}
          />
        ),
      },
      {
        id: 'events',
        label: t('health.issues.events'),
        align: 'end',
        width: 76,
        stackedLabel: t('health.issues.stackedEvents'),
        render: issue => format.number(issue.events),
      },
      {
        id: 'lastSeen',
        label: t('health.issues.lastSeen'),
        align: 'end',
        width: 96,
        render: issue => (
          <RelativeTime at={issue.lastSeen} className={text.secondary} />
        ),
      },
    ],
    [format, t],
  );
  return (
    <div className={styles.queries}>
      <h3 className={styles.subtitle}>{t('health.performance.slowQueries')}</h3>
      <DataTable
        label={t('health.performance.slowQueries')}
        className={styles.queryTable}
        columns={columns}
        items={props.issues}
        getKey={issue => issue.id}
      />
    </div>
  );
}
