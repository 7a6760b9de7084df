export {
  completeMonitor,
  sortMonitors,
  uptimeSpan,
  type UptimeSpan,
} from './completeMonitor';
export { settleIntervals } from './intervals';
export {
  addSeconds,
  DAY_SECONDS,
  dayOf,
  secondsByDay,
  type MonitorSeconds,
} from './monitorSeconds';
export {
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
