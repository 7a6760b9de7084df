/** @public */
export interface PagerDutyUser {
  id: string;
  name: string;
  email: string;
}

/** @public */
export interface PagerDutySchedule {
  id: string;
  name: string;
  /** Of the two families of schedules, the layers or the shifts. */
  family: 'layers' | 'shifts';
  /** Ids of users, in turn. */
  users: string[];
  /** A date whose first turn begins at the handoff. */
  firstDay: string;
  turnDays: number;
  /** On the clocks of the time zone. */
  handoffHour: number;
  timeZone: string;
}

/** @public */
export interface PagerDutyPolicy {
  id: string;
  name: string;
  /** By level: ids of schedules and of users who are always there. */
  levels: { schedules?: string[]; users?: string[] }[];
}

/** @public */
export interface PagerDutyService {
  id: string;
  name: string;
  policy: string;
  integrationKeys: string[];
}

/**
 * What an account of PagerDuty holds.
 *
 * @public
 */
export interface PagerDutyWorld {
  users: PagerDutyUser[];
  schedules: PagerDutySchedule[];
  policies: PagerDutyPolicy[];
  services: PagerDutyService[];
}
