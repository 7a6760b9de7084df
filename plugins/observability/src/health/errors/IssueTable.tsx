import { SortDescriptor } from '@backstage/ui';
import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  Format,
  RelativeTime,
  Sparkline,
  StatusBadge,
  Translate,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { IssueTitle } from './IssueTitle';
import { levelStatus, levelWord } from './levelWord';
import styles from './IssueTable.module.css';

/** Issues, one a row of two lines. */
export function IssueTable(props: {
  issues: readonly Issue[];
  /** Where releases lie in the last 24 hours, as shares of them. */
  markers: readonly number[];
  sort: SortDescriptor;
  onSortChange(sort: SortDescriptor): void;
}) {
  const { issues, markers, sort, onSortChange } = props;
  const t = useTranslation();
  const format = useFormat();
  const columns = useMemo(
    () => createColumns(markers, format, t),
    [markers, format, t],
  );
  return (
    <DataTable
      label={t('health.issues.label')}
      className={styles.table}
      columns={columns}
      items={issues}
      getKey={issue => issue.id}
      sort={sort}
      onSortChange={onSortChange}
    />
  );
}

function createColumns(
  markers: readonly number[],
  format: Format,
  t: Translate,
): DataTableColumn<Issue>[] {
  return [
    {
      id: 'level',
      label: t('health.issues.level'),
      width: 100,
      isSortable: true,
      render: issue => (
        <span className={text.ellipsis}>
          <StatusBadge status={levelStatus(issue.level)}>
            {levelWord(issue.level, t)}
          </StatusBadge>
        </span>
      ),
    },
    {
      id: 'issue',
      label: t('health.issues.issue'),
      isRowHeader: true,
      isSortable: true,
      render: issue => <IssueTitle issue={issue} />,
    },
    {
      id: 'trend',
      label: t('health.issues.trend'),
      width: 104,
      render: issue => (
        <Sparkline
          kind="bars"
          values={issue.trend}
          markers={markers}
          label={t('health.issues.trendLabel', { issue: issue.shortId })}
        />
      ),
    },
    {
      id: 'events',
      label: t('health.issues.events'),
      align: 'end',
      width: 64,
      isSortable: true,
      stackedLabel: t('health.issues.stackedEvents'),
      render: issue => format.number(issue.events),
    },
    {
      id: 'users',
      label: t('health.issues.users'),
      align: 'end',
      width: 56,
      isSortable: true,
      stackedLabel: t('health.issues.stackedUsers'),
      render: issue => format.number(issue.users),
    },
    {
      id: 'lastSeen',
      label: t('health.issues.lastSeen'),
      align: 'end',
      width: 96,
      isSortable: true,
      render: issue => (
        <RelativeTime at={issue.lastSeen} className={text.secondary} />
      ),
    },
    {
      id: 'assignee',
      label: t('health.issues.assignee'),
      width: 98,
      isSortable: true,
      render: issue =>
        issue.assignee ? (
          <span className={text.ellipsis} title={issue.assignee.name}>
            <bdi>{issue.assignee.name}</bdi>
          </span>
        ) : (
          <span className={text.secondary}>{t('health.issues.nobody')}</span>
        ),
    },
  ];
}
