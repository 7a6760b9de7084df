import {
  PerformanceData,
  Transaction,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  Gauge,
  useFormat,
  useTranslation,
} from '../../shared';
import { roundUp } from '../../shared/charts/scale';
import text from '../../shared/text.module.css';
import { limitsOf, SignalOf } from '../signals';
import { P95_METRIC } from './PerformanceFigures';
import styles from './performance.module.css';

/** The slowest transactions, each against the limit of the whole. */
export function TransactionTable(props: {
  signal: SignalOf<'performance'>;
  data: PerformanceData;
}) {
  const { signal, data } = props;
  const { transactions, transactionScope } = data;
  const t = useTranslation();
  const format = useFormat();
  const { warning, critical } = limitsOf(signal, P95_METRIC);
  const columns = useMemo<DataTableColumn<Transaction>[]>(() => {
    const ticks = [warning, critical].filter(limit => limit !== undefined);
    const maximum = roundUp(
      Math.max(...transactions.map(({ p95Ms }) => p95Ms), ...ticks, 1),
    );
    const levelOf = (p95Ms: number) => {
      if (critical !== undefined && p95Ms > critical) {
        return 'critical';
      }
      return warning !== undefined && p95Ms > warning ? 'warning' : undefined;
    };
    const limit = warning ?? critical;
    return [
      {
        id: 'name',
        label: t('health.performance.transactions'),
        isRowHeader: true,
        render: ({ name }) => (
          <span className={`${text.code} ${text.ellipsis}`} title={name}>
            <bdi>{name}</bdi>
          </span>
        ),
      },
      {
        id: 'bar',
        label:
          limit === undefined
            ? t('health.performance.comparison')
            : t('health.performance.against', {
                value: format.milliseconds(limit),
              }),
        width: 220,
        render: ({ p95Ms }) => (
          <div className={styles.bar}>
            <Gauge
              value={p95Ms}
              maximum={maximum}
              ticks={ticks}
              level={levelOf(p95Ms)}
            />
          </div>
        ),
      },
      {
        id: 'p95',
        label: t('health.performance.p95Column'),
        align: 'end',
        width: 100,
        stackedLabel: t('health.performance.stackedP95'),
        render: ({ p95Ms }) => format.milliseconds(p95Ms),
      },
      {
        id: 'throughput',
        label: t('health.performance.throughput'),
        align: 'end',
        width: 100,
        render: ({ throughputPerMinute }) =>
          format.perMinute(throughputPerMinute),
      },
      {
        id: 'failed',
        label: t('health.performance.failed'),
        align: 'end',
        width: 84,
        stackedLabel: t('health.performance.stackedFailed'),
        render: ({ failureRate }) =>
          failureRate === undefined ? '\u2013' : format.percent(failureRate),
      },
    ];
  }, [transactions, warning, critical, format, t]);

  if (transactions.length === 0) {
    return (
      <p className={`${styles.note} ${text.secondary}`}>
        {t('health.performance.noTransactions')}
      </p>
    );
  }
  return (
    <>
      <DataTable
        label={t('health.performance.transactions')}
        className={styles.transactions}
        columns={columns}
        items={transactions}
        getKey={({ name }) => name}
      />
      {transactionScope === 'all' && (
        <p className={`${styles.note} ${text.small} ${text.secondary}`}>
          {t('health.performance.allKinds')}
        </p>
      )}
    </>
  );
}
