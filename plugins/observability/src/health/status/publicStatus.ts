import {
  Monitor,
  Signal,
} from '@watchkeeper/backstage-plugin-observability-common';
import { signalsOf } from '../signals';

/** How a part of a service is for those who use it. */
export type PublicState =
  | 'operational'
  | 'degraded'
  | 'down'
  | 'maintenance'
  | 'unknown';

/** A monitor as those who use the service are told of it: no address, no reason. */
export interface PublicPart {
  key: string;
  state: PublicState;
  isUnknownNow: boolean;
  monitor: Monitor;
}

const STATES: Record<Monitor['state'], PublicState> = {
  up: 'operational',
  degraded: 'degraded',
  down: 'down',
  maintenance: 'maintenance',
  paused: 'unknown',
  pending: 'unknown',
  unknown: 'unknown',
};

/** The parts of a service. Where a source is not read, nobody can tell how they are. */
export function publicParts(signals: readonly Signal[]): PublicPart[] {
  return signalsOf(signals, 'uptime').flatMap(({ id, data, stale, problem }) =>
    (data?.monitors ?? []).map(monitor => {
      const isOld = stale || problem !== undefined;
      const state = isOld ? 'unknown' : STATES[monitor.state];
      return {
        key: `${id} ${monitor.id}`,
        state,
        isUnknownNow: isOld || monitor.state === 'unknown',
        monitor,
      };
    }),
  );
}

/** How many parts are in a state. */
export function countOf(
  parts: readonly PublicPart[],
  state: PublicState,
): number {
  return parts.filter(part => part.state === state).length;
}
