import {
  UptimeReport,
  UptimeReportMonitor,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import {
  DataTable,
  DataTableColumn,
  RelativeTime,
  Section,
  UptimeBar,
  UptimeLegend,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { OutageList } from '../uptime/OutageList';
import styles from './report.module.css';

/** A month: all monitors in a table, then each with its days and outages. */
export function ReportBody(props: { report: UptimeReport }) {
  const { report } = props;
  const { monitors, partial, generatedAt } = report;
  const t = useTranslation();
  const format = useFormat();
  const at = <RelativeTime at={generatedAt} style="full" />;
  return (
    <>
      {partial && (
        <p className={styles.note}>
          {t('health.uptime.report.partial', { at })}
        </p>
      )}
      {monitors.length === 0 ? (
        <Section title={t('health.uptime.report.summary')}>
          {t('health.uptime.report.none')}
        </Section>
      ) : (
        <Section title={t('health.uptime.report.summary')}>
          <MonitorTable monitors={monitors} />
        </Section>
      )}
      {monitors.map(monitor => (
        <Section
          key={`${monitor.signalId} ${monitor.id}`}
          title={<bdi>{monitor.name}</bdi>}
          aside={monitor.url && <bdi>{monitor.url}</bdi>}
        >
          <div className={styles.days}>
            <UptimeBar
              name={monitor.name}
              days={monitor.days}
              outages={monitor.outages}
            />
          </div>
          {monitor.outages.length > 0 ? (
            <OutageList name={monitor.name} outages={monitor.outages} isWhole />
          ) : (
            <span className={text.secondary}>
              {t('health.uptime.report.noOutage')}
            </span>
          )}
        </Section>
      ))}
      {monitors.length > 0 && <UptimeLegend />}
      <p className={`${styles.note} ${text.small} ${text.secondary}`}>
        {t('health.uptime.report.rule')}{' '}
        {t('health.uptime.report.made', { at, zone: format.timeZone })}
      </p>
    </>
  );
}

function MonitorTable(props: { monitors: readonly UptimeReportMonitor[] }) {
  const t = useTranslation();
  const format = useFormat();
  const columns = useMemo<DataTableColumn<UptimeReportMonitor>[]>(() => {
    const span = (
      id: 'down' | 'maintenance' | 'paused' | 'unknown',
      seconds: (monitor: UptimeReportMonitor) => number,
    ): DataTableColumn<UptimeReportMonitor> => ({
      id,
      label: t(`health.uptime.report.${id}`),
      align: 'end',
      width: 124,
      stackedLabel: t(`health.uptime.report.${id}`),
      render: monitor =>
        seconds(monitor) > 0
          ? format.length(seconds(monitor) * 1000)
          : '\u2013',
    });
    return [
      {
        id: 'monitor',
        label: t('health.uptime.report.monitor'),
        isRowHeader: true,
        render: monitor => <bdi className={text.strong}>{monitor.name}</bdi>,
      },
      {
        id: 'uptime',
        label: t('health.uptime.report.uptime'),
        align: 'end',
        width: 100,
        stackedLabel: t('health.uptime.report.uptime'),
        render: ({ uptime }) =>
          uptime === undefined
            ? t('health.uptime.noUptime')
            : format.percent(uptime, { minimum: 2, maximum: 3 }),
      },
      {
        id: 'outages',
        label: t('health.uptime.report.outageCount'),
        align: 'end',
        width: 84,
        stackedLabel: t('health.uptime.report.outageCount'),
        render: ({ outages }) => format.number(outages.length),
      },
      span('down', monitor => monitor.downSeconds),
      span('maintenance', monitor => monitor.maintenanceSeconds),
      span('paused', monitor => monitor.pausedSeconds),
      span('unknown', monitor => monitor.unknownSeconds),
    ];
  }, [format, t]);
  return (
    <DataTable
      label={t('health.uptime.report.summary')}
      className={styles.table}
      columns={columns}
      items={props.monitors}
      getKey={monitor => `${monitor.signalId} ${monitor.id}`}
    />
  );
}
