import {
  Reason,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  RelativeTime,
  StatusBadge,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { ReasonRow } from '../reasons';
import { sectionHref } from '../signals';
import { ReasonLimit, ReasonValue, ReasonWhat } from './ReasonText';
import styles from './ReasonsTable.module.css';

/** All that is wrong, worst first: value against threshold, and since when. */
export function ReasonsTable(props: { rows: readonly ReasonRow[] }) {
  const t = useTranslation();
  const columns = useMemo<DataTableColumn<ReasonRow>[]>(
    () => [
      {
        id: 'level',
        label: t('health.reason.level'),
        width: 104,
        render: row => <StatusBadge status={statusOf(row.level)} />,
      },
      {
        id: 'what',
        label: t('health.reason.what'),
        isRowHeader: true,
        render: row => (
          <a className={styles.what} href={sectionHref(row.signal.kind)}>
            <ReasonWhat row={row} />
          </a>
        ),
      },
      {
        id: 'value',
        label: t('health.reason.value'),
        align: 'end',
        width: 112,
        render: row => (
          <b className={text.strong}>
            <ReasonValue row={row} />
          </b>
        ),
      },
      {
        id: 'threshold',
        label: t('health.reason.threshold'),
        width: 180,
        render: row => (
          <span className={text.secondary}>
            <ReasonLimit row={row} />
          </span>
        ),
      },
      {
        id: 'since',
        label: t('health.reason.since'),
        align: 'end',
        width: 120,
        render: row => (
          <>
            <RelativeTime at={row.since} style="clock" />{' '}
            <span className={`${text.small} ${text.secondary}`}>
              · <RelativeTime at={row.since} style="duration" />
            </span>
          </>
        ),
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('health.reason.label')}
      className={styles.table}
      columns={columns}
      items={props.rows}
      getKey={row => row.key}
    />
  );
}

function statusOf(level: Reason['level']): Status {
  return level;
}
