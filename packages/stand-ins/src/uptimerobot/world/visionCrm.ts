import type {
  UptimeRobotMonitorDefinition,
  UptimeRobotOutage,
  UptimeRobotWorld,
} from './types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What the monitors of the demo hold that nobody else may read.
 *
 * @public
 */
export const UPTIMEROBOT_STAND_IN_SECRETS = {
  httpPassword: 'basic-password-of-a-monitor',
  header: 'header-secret-of-a-monitor',
};

/**
 * The monitors of the demo's guide: API Health has failed for seven minutes and
 * does so until fifty-one minutes after the start, as it did for 38 minutes
 * six days ago; the others are well. Over 90 days there is a little of
 * everything, and each week the database is maintained.
 *
 * @public
 */
export function visionCrmUptimeRobotWorld(): UptimeRobotWorld {
  return {
    describe: () => ({
      email: 'ops@visioncrm.com',
      fullName: 'VisionCRM Operations',
      plan: 'Free',
      monitorLimit: 50,
      monitors: [homepage(), apiHealth(), database(), email()],
      windows: [
        {
          id: 660101,
          name: 'Weekly database maintenance',
          interval: 'weekly',
          // Far from the start, on whichever day and hour that is.
          startsAt: -(87 * DAY + 10 * HOUR),
          durationMinutes: 45,
          monitors: [777749803],
        },
      ],
    }),
  };
}

function homepage() {
  return monitor({
    id: 777749801,
    name: 'Homepage',
    path: '',
    intervalSeconds: 300,
    thresholdMinutes: 2,
    responseMs: 240,
    outages: [
      outage(-71 * DAY, 9, 502, 'Bad Gateway'),
      outage(-23 * DAY - 4 * HOUR, 6, 333333, 'Connection Timeout'),
    ],
  });
}

function apiHealth() {
  return monitor({
    id: 777749802,
    name: 'API Health',
    path: '/api/health',
    intervalSeconds: 300,
    thresholdMinutes: 1,
    responseMs: 180,
    outages: [
      outage(-77 * DAY - 2 * HOUR, 22, 502, 'Bad Gateway'),
      outage(-48 * DAY + 5 * HOUR, 4, 503, 'Service Unavailable'),
      outage(-30 * DAY + 3 * HOUR, 11, 500, 'Internal Server Error'),
      outage(-6 * DAY + MINUTE, 38, 500, 'Internal Server Error'),
      outage(-7 * MINUTE, 58, 500, 'Internal Server Error'),
    ],
  });
}

function database() {
  return monitor({
    id: 777749803,
    name: 'Database Connection',
    path: '/api/health/database',
    intervalSeconds: 600,
    thresholdMinutes: 2,
    responseMs: 95,
    outages: [
      outage(-41 * DAY - 7 * HOUR, 14, 503, 'Service Unavailable'),
      outage(-6 * DAY + 4 * MINUTE, 12, 503, 'Service Unavailable'),
    ],
    secrets: {
      httpUsername: 'uptime',
      httpPassword: UPTIMEROBOT_STAND_IN_SECRETS.httpPassword,
      customHttpHeaders: {
        'X-Health-Token': UPTIMEROBOT_STAND_IN_SECRETS.header,
      },
    },
  });
}

function email() {
  return monitor({
    id: 777749804,
    name: 'Email Service',
    path: '/api/health/email',
    intervalSeconds: 1800,
    thresholdMinutes: 5,
    responseMs: 410,
    outages: [outage(-64 * DAY + 2 * HOUR, 30, 333333, 'Connection Timeout')],
    slowResponses: [{ startsAt: -12 * DAY, durationMs: 90 * MINUTE }],
  });
}

function monitor(options: {
  id: number;
  name: string;
  path: string;
  intervalSeconds: number;
  thresholdMinutes: number;
  responseMs: number;
  outages: UptimeRobotOutage[];
  slowResponses?: { startsAt: number; durationMs: number }[];
  secrets?: UptimeRobotMonitorDefinition['secrets'];
}): UptimeRobotMonitorDefinition {
  const { path, thresholdMinutes, ...rest } = options;
  return {
    slowResponses: [],
    ...rest,
    url: `https://app.visioncrm.com${path}`,
    type: 'HTTP',
    createdAt: -400 * DAY,
    timeoutSeconds: 30,
    contacts: [
      // Not the first: whoever is told first counts.
      {
        id: 4402,
        value: '+33600000000',
        thresholdMinutes: thresholdMinutes + 8,
      },
      { id: 4401, value: 'ops@visioncrm.com', thresholdMinutes },
    ],
    // One certificate, as it is one host.
    certificate: { brand: "Let's Encrypt", expiresAt: 47 * DAY },
    tags: ['production', 'visioncrm'],
  };
}

function outage(
  startsAt: number,
  minutes: number,
  cause: number,
  reason: string,
): UptimeRobotOutage {
  return {
    startsAt,
    durationMs: minutes * MINUTE,
    seemsDownMs: 30_000,
    cause,
    reason,
  };
}
