import {
  MonitorDay,
  UptimeReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import { writeCsv } from '../http/csv';

const HEADER = [
  'monitor',
  'url',
  'signal',
  'monitor_id',
  'date',
  'uptime',
  'down_seconds',
  'degraded_seconds',
  'maintenance_seconds',
  'paused_seconds',
  'unknown_seconds',
];

/**
 * The report as CSV (RFC 4180): a row for each monitor and day, and after the
 * days of a monitor one for its month, whose date is the month.
 */
export function uptimeReportCsv(report: UptimeReport): string {
  const rows = report.monitors.flatMap(monitor => {
    const names = [
      monitor.name,
      monitor.url ?? '',
      monitor.signalId,
      monitor.id,
    ];
    const { days, downSeconds, maintenanceSeconds } = monitor;
    const { pausedSeconds, unknownSeconds } = monitor;
    const total: MonitorDay = {
      date: report.month,
      uptime: monitor.uptime,
      downSeconds,
      degradedSeconds: days.reduce((sum, day) => sum + day.degradedSeconds, 0),
      maintenanceSeconds,
      pausedSeconds,
      unknownSeconds,
    };
    return [...days, total].map(day => [...names, ...cellsOf(day)]);
  });
  return writeCsv([HEADER, ...rows]);
}

function cellsOf(day: MonitorDay): string[] {
  return [
    day.date,
    day.uptime === undefined ? '' : day.uptime.toFixed(6),
    String(day.downSeconds),
    String(day.degradedSeconds),
    String(day.maintenanceSeconds),
    String(day.pausedSeconds),
    String(day.unknownSeconds),
  ];
}
