import type { EntityHealth } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import {
  EntityLink,
  Format,
  RelativeTime,
  StatusBadge,
  Translate,
} from '../shared';
import { FleetErrors } from './FleetErrors';
import { FleetOnCall } from './FleetOnCall';
import { FleetReasons } from './FleetReasons';
import { FleetService } from './FleetService';
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
    | 'onCall'
    | 'incidents';
  label: string;
  render(item: EntityHealth, href: string): ReactNode;
  /** Where rows are stacked, a cell without anything to say takes no place. */
  isEmpty?(item: EntityHealth): boolean;
}

/** The columns for these services: those that no service fills are left out. */
export function fleetColumns(
  items: readonly EntityHealth[],
  format: Format,
  t: Translate,
): FleetColumn[] {
  const uptimeDays = items.find(item => item.uptime)?.uptime?.days;
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
          <span className={styles.wideOnly}>
            <RelativeTime at={since} style="duration" />
          </span>
          <span className={styles.stackedOnly}>
            {t('fleet.row.for', {
              duration: <RelativeTime at={since} style="duration" />,
            })}
          </span>
        </>
      ),
    },
    uptimeDays !== undefined && {
      id: 'uptime',
      label: t('fleet.column.uptime', { days: String(uptimeDays) }),
      isEmpty: item => !item.uptime,
      render: ({ uptime }) =>
        uptime ? (
          <>
            {format.percent(uptime.fraction)}
            <span className={styles.stackedOnly}>
              {' '}
              {t('fleet.row.stackedUptime')}
            </span>
          </>
        ) : (
          <span className={styles.secondary}>{t('fleet.row.noData')}</span>
        ),
    },
    items.some(item => item.errors) && {
      id: 'errors',
      label: t('fleet.column.errors'),
      isEmpty: item => !item.errors,
      render: item => <FleetErrors item={item} />,
    },
    items.some(item => item.onCall.length > 0) && {
      id: 'onCall',
      label: t('fleet.column.onCall'),
      isEmpty: item => item.onCall.length === 0,
      render: item => <FleetOnCall item={item} />,
    },
    items.some(item => item.openIncidents > 0) && {
      id: 'incidents',
      label: t('fleet.column.incidents'),
      isEmpty: item => item.openIncidents === 0,
      render: ({ openIncidents }) =>
        openIncidents > 0 && t('fleet.row.incidents', { count: openIncidents }),
    },
  ];
  return columns.filter(column => column !== false);
}
