import { hashText, unitValue } from '../../shared/random';
import type { UptimeRobotMonitorDefinition, UptimeRobotWorld } from './types';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIRST_ID = 780000000;

/**
 * Many monitors of which all are up, for benchmarks. Every fifth was down once
 * within the last 90 days.
 *
 * @public
 */
export function largeUptimeRobotWorld(options: {
  monitors: number;
}): UptimeRobotWorld {
  return {
    describe: () => ({
      email: 'ops@large.example',
      fullName: 'A Large Company',
      plan: 'Free',
      monitorLimit: Math.max(50, options.monitors),
      monitors: Array.from({ length: options.monitors }, (_, index) =>
        monitor(index),
      ),
      windows: [],
    }),
  };
}

/**
 * The id of one of the many, counted from 0.
 *
 * @public
 */
export function largeUptimeRobotMonitorId(index: number): number {
  return FIRST_ID + index;
}

function monitor(index: number): UptimeRobotMonitorDefinition {
  const seed = hashText(`monitor-${index}`);
  const minutes = 3 + Math.floor(40 * unitValue(seed, 1));
  const daysAgo = 1 + Math.floor(88 * unitValue(seed, 2));
  return {
    id: largeUptimeRobotMonitorId(index),
    name: `monitor-${index}`,
    url: `https://service-${index}.large.example/health`,
    type: 'HTTP',
    createdAt: -300 * DAY,
    intervalSeconds: 300,
    timeoutSeconds: 30,
    responseMs: 60 + Math.floor(400 * unitValue(seed, 3)),
    contacts: [{ id: 5501, value: 'ops@large.example', thresholdMinutes: 2 }],
    certificate: {
      brand: "Let's Encrypt",
      expiresAt: (20 + Math.floor(60 * unitValue(seed, 4))) * DAY,
    },
    outages:
      index % 5 === 0
        ? [
            {
              startsAt: -daysAgo * DAY,
              durationMs: minutes * MINUTE,
              cause: 503,
              reason: 'Service Unavailable',
            },
          ]
        : [],
    slowResponses: [],
    tags: [],
  };
}
