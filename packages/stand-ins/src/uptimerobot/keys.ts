import type { AccountModel } from './model/AccountModel';
import type { MonitorModel } from './model/MonitorModel';

/**
 * The keys that are accepted: one for everything, one that reads, and one that
 * reads the demo's first monitor. Any monitor has such a key, by its id.
 *
 * @public
 */
export const UPTIMEROBOT_STAND_IN_KEYS = {
  main: 'u1001-stand-in-main',
  readOnly: 'ur1001-stand-in-read',
  monitor: 'm777749801-stand-in',
};

export type Key =
  | { kind: 'main' }
  | { kind: 'read-only' }
  | { kind: 'monitor'; monitor: MonitorModel };

export function monitorKeyOf(monitorId: number): string {
  return `m${monitorId}-stand-in`;
}

/** What a key may do, or `undefined` for one that nobody knows. */
export function findKey(text: string, account: AccountModel): Key | undefined {
  if (text === UPTIMEROBOT_STAND_IN_KEYS.main) return { kind: 'main' };
  if (text === UPTIMEROBOT_STAND_IN_KEYS.readOnly) return { kind: 'read-only' };
  const monitor = account.monitors.find(({ id }) => monitorKeyOf(id) === text);
  return monitor && { kind: 'monitor', monitor };
}
