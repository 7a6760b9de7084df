import { MonitorState } from '@watchkeeper/backstage-plugin-observability-common';

/** A monitor of the account, whichever generation of the API told of it. */
export interface AccountMonitor {
  id: string;
  name: string;
  url?: string;
  type: string;
  state: MonitorState;
  /** When that state began. */
  since?: string;
  reason?: string;
  intervalSeconds?: number;
  downAfterSeconds?: number;
  certificateExpiresAt?: string;
  createdAt?: string;
  /** Changes when something happened to it. */
  incidentId?: string;
}

/** A time in which a monitor was not up. Seconds since 1970. */
export interface AccountIncident {
  monitorId: string;
  state: MonitorState;
  startedAt: number;
  endedAt?: number;
  reason?: string;
}

/** A time in which monitors are not checked on purpose, as UptimeRobot describes it. */
export interface MaintenanceWindow {
  interval: 'once' | 'daily' | 'weekly' | 'monthly';
  /** `YYYY-MM-DD`, of a window that is once. */
  date?: string;
  /** `HH:MM` */
  time: string;
  durationMinutes: number;
  /** 1 Monday … 7 Sunday, or days of the month, -1 for its last. */
  days: number[];
  monitorIds: 'all' | string[];
}
