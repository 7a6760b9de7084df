import {
  incidentsV3Schema,
  monitorsV2Schema,
  monitorsV3Schema,
  MonitorsV2,
} from '../api/schemas';
import {
  fromMonitorV2,
  fromMonitorV3,
  historyOfLogs,
  inMaintenance,
  toIncidents,
} from './monitors';

const NOW = new Date('2026-11-24T13:40:00Z');
const seconds = (instant: string) => Date.parse(instant) / 1000;

function newer(monitor: object) {
  const { items } = monitorsV3Schema.parse({ data: [monitor] });
  return items.map(item => fromMonitorV3(item, NOW));
}

function older(monitor: object) {
  const { monitors } = monitorsV2Schema.parse({
    stat: 'ok',
    pagination: { offset: 0, limit: 50, total: 1 },
    monitors: [monitor],
  }) as MonitorsV2;
  return monitors;
}

describe('monitors of the newer generation', () => {
  it.each([
    ['UP', 'up'],
    ['up', 'up'],
    ['LOOKS_DOWN', 'degraded'],
    ['DOWN', 'down'],
    ['PAUSED', 'paused'],
    ['STARTED', 'pending'],
    ['SLEEPING', 'unknown'],
    [undefined, 'unknown'],
  ])('are %s as %s', (status, state) => {
    expect(newer({ id: 1, friendlyName: 'Web', status })).toMatchObject([
      { id: '1', name: 'Web', state },
    ]);
  });

  it('tell since when and why they are down, and whoever is told first', () => {
    expect(
      newer({
        id: 2,
        friendlyName: null,
        url: 'https://shop.example',
        type: 'KEYWORD',
        status: 'DOWN',
        interval: 300,
        currentStateDuration: 60,
        lastIncidentId: 77,
        lastIncident: {
          reason: 'HTTP 500\u0000\n',
          startedAt: '2026-11-24T13:33:00Z',
        },
        assignedAlertContacts: [{ threshold: 5 }, { threshold: 2 }],
        sslExpiryDateTime: '2027-01-20T00:00:00Z',
        httpPassword: 'hunter2',
        apiKey: 'm2-secret',
      }),
    ).toEqual([
      {
        id: '2',
        name: 'https://shop.example',
        url: 'https://shop.example',
        type: 'keyword',
        state: 'down',
        since: '2026-11-24T13:33:00.000Z',
        reason: 'HTTP 500',
        intervalSeconds: 300,
        downAfterSeconds: 120,
        certificateExpiresAt: '2027-01-20T00:00:00.000Z',
        incidentId: '77',
      },
    ]);
  });

  it('are read although a field is odd, and left out without an id', () => {
    expect(
      newer({ id: 3, friendlyName: 5, status: 'UP', interval: 'often' }),
    ).toEqual([{ id: '3', name: '3', type: 'unknown', state: 'up' }]);
    expect(newer({ friendlyName: 'Web' })).toEqual([]);
  });
});

describe('inMaintenance', () => {
  const [paused] = newer({ id: 4, friendlyName: 'Web', status: 'PAUSED' });
  const window = {
    interval: 'weekly' as const,
    time: '13:30',
    durationMinutes: 30,
    days: [2],
    monitorIds: ['4'],
  };

  it('explains a pause, and hides no outage', () => {
    // A Tuesday.
    expect(inMaintenance(paused, [window], NOW)).toMatchObject({
      state: 'maintenance',
      since: '2026-11-24T13:30:00.000Z',
    });
    const down = { ...paused, state: 'down' as const };
    expect(inMaintenance(down, [window], NOW)).toBe(down);
  });

  it.each([
    ['another weekday', { days: [3] }],
    ['another monitor', { monitorIds: ['5'] }],
    ['another time', { time: '13:05' }],
    ['another day', { interval: 'once' as const, date: '2026-11-23' }],
    ['another day of the month', { interval: 'monthly' as const, days: [-1] }],
  ])('does not count on %s', (_, other) => {
    expect(inMaintenance(paused, [{ ...window, ...other }], NOW)).toBe(paused);
  });

  it('counts over midnight, and on the last day of a month', () => {
    const early = new Date('2026-12-01T00:20:00Z');
    const overnight = {
      ...window,
      interval: 'monthly' as const,
      days: [-1],
      time: '23:50',
      durationMinutes: 60,
      monitorIds: 'all' as const,
    };
    expect(inMaintenance(paused, [overnight], early)).toMatchObject({
      state: 'maintenance',
      since: '2026-11-30T23:50:00.000Z',
    });
  });
});

describe('toIncidents', () => {
  it('takes outages and slow times, open and over, and nothing else', () => {
    const incident = (more: object) => ({
      id: '1',
      monitor: { id: 9 },
      reason: 'Timeout',
      startedAt: '2026-11-20T10:00:00Z',
      ...more,
    });
    const { items } = incidentsV3Schema.parse({
      data: [
        incident({ resolvedAt: '2026-11-20T10:38:00Z' }),
        incident({ type: 'SLOW_RESPONSE', resolvedAt: null }),
        incident({ type: 'SSL_EXPIRY' }),
        incident({ startedAt: 'yesterday' }),
        incident({ resolvedAt: '2026-11-20T09:00:00Z' }),
      ],
      nextLink: null,
    });
    const startedAt = seconds('2026-11-20T10:00:00Z');
    expect(toIncidents(items)).toEqual([
      {
        monitorId: '9',
        state: 'down',
        startedAt,
        endedAt: startedAt + 38 * 60,
        reason: 'Timeout',
      },
      { monitorId: '9', state: 'degraded', startedAt, reason: 'Timeout' },
    ]);
  });
});

describe('monitors of the older generation', () => {
  const monitor = {
    id: 5,
    friendly_name: 'API',
    url: 'https://api.shop.example',
    type: 1,
    status: 9,
    interval: 300,
    create_datetime: seconds('2026-10-01T00:00:00Z'),
    ssl: { expires: seconds('2027-01-01T00:00:00Z') },
    alert_contacts: [{ id: '1', threshold: 1 }],
    http_password: 'hunter2',
    // In no order that one may rely on.
    logs: [
      {
        type: 1,
        datetime: seconds('2026-11-24T13:33:00Z'),
        duration: 420,
        reason: { code: '500', detail: 'Internal Server Error' },
      },
      { type: 2, datetime: seconds('2026-11-20T10:38:00Z'), duration: 9 },
      { type: 98, datetime: seconds('2026-10-01T00:00:10Z'), duration: 9 },
      {
        type: 1,
        datetime: seconds('2026-11-20T10:00:00Z'),
        duration: 2280,
        reason: { code: 1, detail: 'Timeout' },
      },
    ],
  };

  it('tell the same', () => {
    const [read] = older(monitor);
    expect(fromMonitorV2(read)).toEqual({
      id: '5',
      name: 'API',
      url: 'https://api.shop.example',
      type: 'http',
      state: 'down',
      since: '2026-11-24T13:33:00.000Z',
      reason: 'Internal Server Error',
      intervalSeconds: 300,
      downAfterSeconds: 60,
      certificateExpiresAt: '2027-01-01T00:00:00.000Z',
      createdAt: '2026-10-01T00:00:00.000Z',
      incidentId: '1@2026-11-24T13:33:00.000Z',
    });
  });

  it('have their past in a log, as far as it reaches', () => {
    const [read] = older(monitor);
    const { from, incidents } = historyOfLogs(read, 50) ?? { incidents: [] };
    expect(from).toBe(seconds('2026-10-01T00:00:00Z'));
    expect(incidents).toMatchObject([
      {
        state: 'down',
        startedAt: seconds('2026-11-20T10:00:00Z'),
        endedAt: seconds('2026-11-20T10:38:00Z'),
        reason: 'Timeout',
      },
      { state: 'down', startedAt: seconds('2026-11-24T13:33:00Z') },
    ]);
    // A log that is full may have lost its beginning.
    expect(historyOfLogs(read, 4)?.from).toBe(seconds('2026-10-01T00:00:10Z'));
    expect(historyOfLogs({ ...read, logs: [] }, 50)).toBeUndefined();
  });
});
