export {
  completeMonitor,
  outagesOf,
  sortMonitors,
  uptimeSpan,
  type UptimeSpan,
} from './completeMonitor';
export { settleIntervals } from './intervals';
export * from './monitorSeconds';
export {
  isKnownState,
  type EndedInterval,
  type KnownMonitorState,
  type MonitorInterval,
  type MonitorObservation,
  type MonitorPast,
  type MonitorTimeline,
} from './MonitorTimeline';
export * from './monthOfMonitor';
export * from './recordMonitor';
export * from './summarizeUptime';
