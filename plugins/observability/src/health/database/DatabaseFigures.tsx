import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import { ReactNode } from 'react';
import {
  Format,
  RelativeTime,
  Translate,
  useFormat,
  useTranslation,
} from '../../shared';
import styles from './database.module.css';

/** What is known of a database besides its gauges, each in a few words. */
export function DatabaseFigures(props: { data: DatabaseData }) {
  const t = useTranslation();
  const format = useFormat();
  const figures = figuresOf(props.data, format, t);
  if (figures.length === 0) {
    return null;
  }
  return (
    <dl className={styles.figures}>
      {figures.map(({ label, value, detail }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {detail && <dd className={styles.detail}>{detail}</dd>}
        </div>
      ))}
    </dl>
  );
}

function figuresOf(
  data: DatabaseData,
  format: Format,
  t: Translate,
): { label: string; value: ReactNode; detail?: ReactNode }[] {
  const { cacheHit, replicationLagSeconds, sizeBytes, activity, vacuum } = data;
  const seconds = (value: number) => format.length(value * 1000);
  const figures = [
    cacheHit !== undefined && {
      label: t('health.database.cacheHit'),
      value: format.percent(cacheHit, { minimum: 1, maximum: 1 }),
    },
    sizeBytes !== undefined && {
      label: t('health.database.size'),
      value: format.bytes(sizeBytes),
    },
    replicationLagSeconds !== undefined && {
      label: t('health.database.replicationLag'),
      value: seconds(replicationLagSeconds),
    },
    activity && {
      label: t('health.database.activity'),
      value: t('health.database.sessions', {
        active: format.number(activity.active),
        waiting: format.number(activity.waiting),
      }),
      detail: [
        t('health.database.idle', {
          number: format.number(activity.idleInTransaction),
        }),
        activity.longestTransactionSeconds !== undefined &&
          t('health.database.longestTransaction', {
            duration: seconds(activity.longestTransactionSeconds),
          }),
        activity.longestQuerySeconds !== undefined &&
          t('health.database.longestQuery', {
            duration: seconds(activity.longestQuerySeconds),
          }),
      ]
        .filter(Boolean)
        .join(' · '),
    },
    vacuum && {
      label: t('health.database.wraparound'),
      value: format.percent(vacuum.wraparound, { minimum: 0, maximum: 1 }),
      detail: (
        <>
          {vacuum.deadRows !== undefined &&
            t('health.database.deadRows', {
              number: format.number(vacuum.deadRows),
            })}
          {vacuum.deadRows !== undefined && vacuum.oldestAutovacuumAt && ' · '}
          {vacuum.oldestAutovacuumAt &&
            t('health.database.oldestAutovacuum', {
              age: <RelativeTime at={vacuum.oldestAutovacuumAt} />,
            })}
        </>
      ),
    },
  ];
  return figures.filter(figure => figure !== false && figure !== undefined);
}
