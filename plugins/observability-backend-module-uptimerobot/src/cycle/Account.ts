import { MonitorHistory } from '@watchkeeper/backstage-plugin-observability-node';
import { AccountMonitor } from '../AccountMonitor';

/** A response time. */
export interface ResponseTime {
  monitorId: string;
  at: Date;
  responseMs: number;
}

/** The past of a monitor, as far as this cycle heard of it. */
export type KnownPast = Omit<MonitorHistory, 'monitorId'>;

/** All that a cycle knows of the account, once every monitor was read. */
export interface Account {
  /** When the reading of the states began. */
  observedAt: Date;
  monitors: AccountMonitor[];
  responseTimes: ResponseTime[];
  /** For a target that knows nothing yet of a monitor's past. */
  wholePast(monitorId: string): KnownPast | undefined;
  /** For one that does: only what is new. */
  newPast(monitorId: string): KnownPast | undefined;
}
