import { Monitor, MonitorReading } from '../model';
import { completeMonitor, sortMonitors, uptimeSpan } from './completeMonitor';
import { MonitorTimeline } from './MonitorTimeline';
import { DAY_SECONDS } from './monitorSeconds';
import { summarizeUptime } from './summarizeUptime';

const seconds = (instant: string) => Date.parse(instant) / 1000;
const NOW = seconds('2026-11-24T12:00:00Z');

const reading: MonitorReading = {
  id: '1',
  name: 'Web',
  type: 'http',
  state: 'up',
};

function timeline(overrides: Partial<MonitorTimeline> = {}): MonitorTimeline {
  const knownSince = seconds('2026-11-01T00:00:00Z');
  return {
    state: 'up',
    knownSince,
    observedAt: NOW,
    staleAt: NOW + 180,
    intervals: [{ state: 'up', startedAt: knownSince, endedAt: null }],
    ...overrides,
  };
}

function withOutage(startedAt: string, endedAt: string): MonitorTimeline {
  const base = timeline();
  return timeline({
    intervals: [
      { state: 'up', startedAt: base.knownSince, endedAt: seconds(startedAt) },
      {
        state: 'down',
        startedAt: seconds(startedAt),
        endedAt: seconds(endedAt),
        reason: '503',
      },
      { state: 'up', startedAt: seconds(endedAt), endedAt: null },
    ],
  });
}

describe('completeMonitor', () => {
  it('weighs uptime by time, over the spans that end now', () => {
    const { uptime, uptimeSince, days, outages } = completeMonitor(
      reading,
      {
        timeline: withOutage('2026-11-23T11:00:00Z', '2026-11-23T13:00:00Z'),
      },
      NOW,
    );
    // One of the two hours lies within the last 24.
    expect(uptime.day).toBe(23 / 24);
    expect(uptime.week).toBe((7 * 24 - 2) / (7 * 24));
    expect(uptime.month).toBe((23.5 * 24 - 2) / (23.5 * 24));
    expect(uptime.quarter).toBe(uptime.month);
    expect(uptimeSince).toBe('2026-11-01T00:00:00.000Z');
    expect(days.at(-2)).toEqual({
      date: '2026-11-23',
      uptime: 22 / 24,
      downSeconds: 7200,
      degradedSeconds: 0,
      maintenanceSeconds: 0,
      pausedSeconds: 0,
      unknownSeconds: 0,
    });
    expect(days[0]).toEqual({
      date: '2026-08-27',
      downSeconds: 0,
      degradedSeconds: 0,
      maintenanceSeconds: 0,
      pausedSeconds: 0,
      unknownSeconds: DAY_SECONDS,
    });
    expect(outages).toEqual([
      {
        startedAt: '2026-11-23T11:00:00.000Z',
        endedAt: '2026-11-23T13:00:00.000Z',
        reason: '503',
      },
    ]);
  });

  it('completes the year with the sums of the days before', () => {
    const { uptime } = completeMonitor(
      reading,
      {
        timeline: timeline(),
        earlier: {
          up: 0,
          degraded: 0,
          down: 23.5 * DAY_SECONDS,
          maintenance: 5,
          paused: 5,
        },
      },
      NOW,
    );
    expect(uptime).toMatchObject({ quarter: 1, year: 0.5 });
    expect(uptimeSpan(NOW)).toEqual({
      intervalsFrom: seconds('2026-08-26T00:00:00Z'),
      firstDay: seconds('2025-11-25T00:00:00Z') / DAY_SECONDS,
      endDay: seconds('2026-08-26T00:00:00Z') / DAY_SECONDS,
    });
  });

  it('has no fraction of a time in which it was paused, in maintenance or not read', () => {
    const [first, second, third] = [NOW - 7200, NOW - 3600, NOW];
    const { uptime, days } = completeMonitor(
      reading,
      {
        timeline: timeline({
          intervals: [
            { state: 'paused', startedAt: first, endedAt: second },
            { state: 'maintenance', startedAt: second, endedAt: third },
          ],
        }),
      },
      NOW,
    );
    expect(uptime).toEqual({});
    expect(days.at(-1)).toEqual({
      date: '2026-11-24',
      downSeconds: 0,
      degradedSeconds: 0,
      maintenanceSeconds: 3600,
      pausedSeconds: 3600,
      unknownSeconds: 10 * 3600,
    });
    expect(completeMonitor(reading, {}, NOW)).toMatchObject({
      uptime: {},
      outages: [],
    });
  });

  it('says that nothing is known of today since the source fell silent', () => {
    const { days } = completeMonitor(
      reading,
      {
        timeline: timeline({
          observedAt: NOW - 3600,
          staleAt: NOW - 3600 + 180,
        }),
      },
      NOW,
    );
    expect(days.at(-1)).toMatchObject({ uptime: 1, unknownSeconds: 3600 });
  });

  it('shows the newest hundred outages of 90 days, the running one first', () => {
    const intervals = Array.from({ length: 150 }, (_, index) => ({
      state: 'down' as const,
      startedAt: NOW - (150 - index) * 1000,
      endedAt: index === 149 ? null : NOW - (150 - index) * 1000 + 10,
    }));
    const { outages } = completeMonitor(
      reading,
      { timeline: timeline({ state: 'down', intervals }) },
      NOW,
    );
    expect(outages).toHaveLength(100);
    expect(outages[0]).toEqual({ startedAt: '2026-11-24T11:43:20.000Z' });
  });

  it('puts the worst monitor first', () => {
    const monitor = (
      name: string,
      state: Monitor['state'],
      month?: number,
    ): Monitor => ({
      ...reading,
      id: name,
      name,
      state,
      uptime: month === undefined ? {} : { month },
      days: [],
      outages: [],
    });
    expect(
      sortMonitors([
        monitor('a', 'up', 1),
        monitor('b', 'paused'),
        monitor('c', 'up', 0.9),
        monitor('d', 'down'),
        monitor('e', 'unknown'),
        monitor('f', 'degraded'),
        monitor('0', 'up', 1),
      ]).map(({ id }) => id),
    ).toEqual(['d', 'f', 'e', 'b', 'c', '0', 'a']);
  });
});

describe('summarizeUptime', () => {
  it('tells of the worst monitor and the worst of each day', () => {
    const good = timeline();
    const bad = withOutage('2026-11-23T11:00:00Z', '2026-11-23T13:00:00Z');
    const degraded = timeline({
      state: 'degraded',
      knownSince: NOW - 600,
      intervals: [{ state: 'degraded', startedAt: NOW - 600, endedAt: null }],
    });
    const summary = summarizeUptime([good, bad, degraded], NOW);
    expect(summary).toEqual({
      fraction: (23.5 * 24 - 2) / (23.5 * 24),
      days: 30,
      trend: [
        ...new Array(6).fill('none'),
        ...new Array(22).fill('up'),
        'down',
        'degraded',
      ],
      monitors: 3,
      down: 0,
    });
  });

  it('is not green on a day of which most is unknown, and gives no figure of an hour', () => {
    const silent = timeline({
      observedAt: NOW - 11.5 * 3600,
      staleAt: NOW - 11 * 3600,
    });
    const { trend } = summarizeUptime([silent], NOW);
    expect(trend.slice(-2)).toEqual(['up', 'unknown']);
    const isNew = timeline({
      state: 'down',
      knownSince: NOW - 60,
      intervals: [{ state: 'down', startedAt: NOW - 60, endedAt: null }],
    });
    expect(summarizeUptime([isNew], NOW)).toMatchObject({ down: 1 });
    expect(summarizeUptime([isNew], NOW)).not.toHaveProperty('fraction');
    expect(summarizeUptime([], NOW)).toEqual({
      days: 30,
      trend: new Array(30).fill('none'),
      monitors: 0,
      down: 0,
    });
  });
});
