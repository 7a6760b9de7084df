import type { SentryProjectDefinition } from '../types';
import { DAY, exception, HOUR, LAST_WEEK, people } from './common';

/** Jobs in the background: all is well. It answers no requests and has no sessions. */
export function visionCrmWorker(): SentryProjectDefinition {
  return {
    id: '4507100000000003',
    slug: 'visioncrm-worker',
    name: 'visioncrm-worker',
    platform: 'node',
    createdAt: -300 * DAY,
    teams: ['crm'],
    environments: { production: 1 },
    episodes: [
      { id: 'last-week', from: LAST_WEEK.from, to: LAST_WEEK.to },
      // Only if somebody makes it so.
      { id: 'errors' },
    ],
    releases: [
      { version: 'worker-1.9.0', createdAt: -98 * DAY, author: 'engineer-b' },
      {
        version: 'worker-1.9.1',
        createdAt: -(5 * DAY + 2 * HOUR),
        author: 'engineer-b',
        commits: 2,
      },
    ],
    issues: [
      exception({
        id: '5614401777',
        shortId: 'VISIONCRM-WORKER-2F',
        type: 'JobStalledError',
        value: 'job stalled more than allowable limit',
        culprit: 'sendInvoiceReminders',
        transaction: 'sendInvoiceReminders',
        status: 'resolved',
        substatus: null,
        assignedTo: people.b,
        since: LAST_WEEK.from,
        until: LAST_WEEK.to,
        perHour: 0,
        during: { 'last-week': 24 },
        users: 0,
      }),
      exception({
        id: '5625500310',
        shortId: 'VISIONCRM-WORKER-2J',
        type: 'QueueConnectionError',
        value: 'connection to the queue was lost',
        culprit: 'syncCalendars',
        transaction: 'syncCalendars',
        substatus: 'new',
        priority: 'high',
        unhandled: true,
        since: -80 * DAY,
        perHour: 0,
        during: { errors: 90 },
        users: 0,
      }),
      exception({
        id: '5588801212',
        shortId: 'VISIONCRM-WORKER-1K',
        type: 'Error',
        value: 'thumbnail skipped: image has no pixels',
        level: 'warning',
        culprit: 'renderThumbnails',
        transaction: 'renderThumbnails',
        substatus: 'ongoing',
        priority: 'low',
        since: -60 * DAY,
        perHour: 0.04,
        users: 0,
      }),
    ],
    sampleRate: 0.1,
    transactions: [
      job('sendInvoiceReminders', 8, [320, 810]),
      job('renderThumbnails', 24, [140, 420]),
      job('syncCalendars', 13, [210, 560]),
    ],
  };
}

function job(
  name: string,
  perMinute: number,
  [p50Ms, p95Ms]: [number, number],
) {
  return {
    name,
    operation: 'queue.process',
    perMinute,
    p50Ms,
    p95Ms,
    failing: 0.0001,
    during: { 'last-week': { failing: 0.01 }, errors: { failing: 0.04 } },
  };
}
