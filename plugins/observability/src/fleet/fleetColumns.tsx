import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import { EntityLink, RelativeTime, StatusBadge, Translate } from '../shared';
import { FleetDatabase } from './FleetDatabase';
import { FleetErrors } from './FleetErrors';
import { FleetOnCall } from './FleetOnCall';
import { FleetReasons } from './FleetReasons';
import { FleetService } from './FleetService';
import { FleetUptime } from './FleetUptime';
import styles from './FleetTable.module.css';

/** One column of the list. */
export interface FleetColumn {
  id:
    | 'status'
    | 'service'
    | 'owner'
    | 'reasons'
    | 'for'
    | 'uptime'
    | 'errors'
    | 'database'
    | 'onCall'
    | 'incidents';
  label: string;
  render(item: EntityHealth, href: string): ReactNode;
  /** Where rows are stacked, a cell without anything to say takes no place. */
  isEmpty?(item: EntityHealth): boolean;
}

/** What at least one of the listed services has. */
export interface FleetContents {
  uptimeDays?: number;
  errors: boolean;
  database: boolean;
  onCall: boolean;
  incidents: boolean;
}

/** Which of the columns that may be left out have something to show. */
export function contentsOf(items: readonly EntityHealth[]): FleetContents {
  return {
    uptimeDays: items.find(item => item.uptime)?.uptime?.days,
    errors: items.some(item => item.errors),
    database: items.some(item => item.database),
    onCall: items.some(item => item.onCall.length > 0),
    incidents: items.some(item => item.openIncidents > 0),
  };
}

/** The columns for such services. */
export function fleetColumns(
  contents: FleetContents,
  t: Translate,
): FleetColumn[] {
  const { uptimeDays } = contents;
  const columns: (FleetColumn | false)[] = [
    {
      id: 'status',
      label: t('fleet.column.status'),
      render: item => <StatusBadge status={item.status} />,
    },
    {
      id: 'service',
      label: t('fleet.column.service'),
      render: (item, href) => <FleetService item={item} href={href} />,
    },
    {
      id: 'owner',
      label: t('fleet.column.owner'),
      render: ({ owner }) => owner && <EntityLink entityRef={owner} quiet />,
    },
    {
      id: 'reasons',
      label: t('fleet.column.reasons'),
      isEmpty: item => item.status !== null && item.reasons.length === 0,
      render: item => <FleetReasons item={item} />,
    },
    {
      id: 'for',
      label: t('fleet.column.for'),
      isEmpty: item => !item.since,
      render: ({ since }) => (
        <>
          <span className={styles.stackedOnly}>{t('fleet.row.for')} </span>
          <RelativeTime at={since} style="duration" />
        </>
      ),
    },
    uptimeDays !== undefined && {
      id: 'uptime',
      label: t('fleet.column.uptime', { days: String(uptimeDays) }),
      isEmpty: item => !item.uptime,
      render: item => <FleetUptime item={item} />,
    },
    contents.errors && {
      id: 'errors',
      label: t('fleet.column.errors'),
      isEmpty: item => !item.errors,
      render: item => <FleetErrors item={item} />,
    },
    contents.database && {
      id: 'database',
      label: t('fleet.column.database'),
      isEmpty: item => !item.database,
      render: item => <FleetDatabase item={item} />,
    },
    contents.onCall && {
      id: 'onCall',
      label: t('fleet.column.onCall'),
      isEmpty: item => item.onCall.length === 0,
      render: item => <FleetOnCall item={item} />,
    },
    contents.incidents && {
      id: 'incidents',
      label: t('fleet.column.incidents'),
      isEmpty: item => item.openIncidents === 0,
      render: ({ openIncidents }) =>
        openIncidents > 0 && t('fleet.row.incidents', { count: openIncidents }),
    },
  ];
  return columns.filter(column => column !== false);
}
