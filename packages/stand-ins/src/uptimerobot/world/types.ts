/**
 * What a stand-in of UptimeRobot is about, in offsets from the moment it
 * starts: negative milliseconds are before it.
 *
 * @public
 */
export interface UptimeRobotWorld {
  describe(): UptimeRobotAccountDefinition;
}

/** @public */
export interface UptimeRobotAccountDefinition {
  email: string;
  fullName: string;
  /** As people read it, such as `Free`. */
  plan: string;
  monitorLimit: number;
  monitors: UptimeRobotMonitorDefinition[];
  windows: UptimeRobotWindowDefinition[];
}

/** @public */
export interface UptimeRobotMonitorDefinition {
  id: number;
  name: string;
  url: string;
  /** `HTTP`, `KEYWORD`, `PING`, `PORT`, `HEARTBEAT`, `DNS` and so on; may be one the vendor has not thought of. */
  type: string;
  createdAt: number;
  intervalSeconds: number;
  timeoutSeconds: number;
  /** About which the true response times move; absent where there are none. */
  responseMs?: number;
  /** Those who are told, and after how many minutes. */
  contacts: { id: number; value: string; thresholdMinutes: number }[];
  certificate?: { brand: string; expiresAt: number };
  /** What must never leave whoever reads it. */
  secrets?: {
    httpUsername: string;
    httpPassword: string;
    customHttpHeaders: Record<string, string>;
  };
  /** In the order of time, without overlaps. */
  outages: UptimeRobotOutage[];
  /** Incidents while it is up: it answers, but slowly. */
  slowResponses: { startsAt: number; durationMs: number }[];
  tags: string[];
}

/** @public */
export interface UptimeRobotOutage {
  startsAt: number;
  /** Without one it goes on. */
  durationMs?: number;
  /** For so long before, it only seems to be down. */
  seemsDownMs?: number;
  /** The status of HTTP, or a number of the vendor's own. */
  cause: number;
  reason: string;
}

/**
 * A time in which monitors are paused on purpose. It has the clock of the
 * offset, in UTC, and the weekday or the day of the month too.
 *
 * @public
 */
export interface UptimeRobotWindowDefinition {
  id: number;
  name: string;
  interval: 'once' | 'daily' | 'weekly' | 'monthly';
  /** Of its first occurrence. */
  startsAt: number;
  durationMinutes: number;
  /** By id. */
  monitors: number[] | 'all';
  isPaused?: boolean;
}

/**
 * `started`: not checked yet.
 *
 * @public
 */
export type UptimeRobotState =
  | 'started'
  | 'up'
  | 'seems-down'
  | 'down'
  | 'paused';

/**
 * Changes the scenario from now on; what the world had planned for the monitor
 * is dropped.
 *
 * @public
 */
export interface UptimeRobotScenarioChange {
  /** Id or name, or several. */
  monitor: number | string | (number | string)[];
  state: UptimeRobotState;
  /** Why it is down. */
  reason?: string;
  /** The status of HTTP, or a number of the vendor's own. */
  cause?: number;
}

/**
 * Starts a maintenance window now.
 *
 * @public
 */
export interface UptimeRobotMaintenance {
  /** Ids or names. */
  monitors: (number | string)[];
  minutes: number;
  name?: string;
}
