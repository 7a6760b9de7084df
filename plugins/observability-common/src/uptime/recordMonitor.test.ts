import { MonitorState } from '../model';
import { settleIntervals } from './intervals';
import { MonitorPast, MonitorTimeline } from './MonitorTimeline';
import { recordMonitor } from './recordMonitor';

const INTERVAL = 60;
const NOON = Date.UTC(2026, 10, 24, 12) / 1000;

/** Records one look after the other; times are seconds since noon. */
function watch(
  looks: [
    at: number,
    state: MonitorState,
    more?: { since?: number; reason?: string; past?: MonitorPast },
  ][],
) {
  let timeline: MonitorTimeline | undefined;
  let changedFrom: number | undefined;
  for (const [at, state, { since, reason, past } = {}] of looks) {
    ({ timeline, changedFrom } = recordMonitor(
      timeline,
      {
        state,
        at: NOON + at,
        staleAt: NOON + at + 3 * INTERVAL,
        ...(since === undefined ? {} : { since: NOON + since }),
        ...(reason === undefined ? {} : { reason }),
      },
      past && {
        from: NOON + past.from,
        intervals: past.intervals.map(interval => ({
          ...interval,
          startedAt: NOON + interval.startedAt,
          ...(interval.endedAt === undefined
            ? {}
            : { endedAt: NOON + interval.endedAt }),
        })),
      },
    ));
  }
  return {
    changedFrom: changedFrom === undefined ? undefined : changedFrom - NOON,
    timeline: timeline!,
    intervals: timeline!.intervals.map(
      ({ state, startedAt, endedAt, reason }) => [
        state,
        startedAt - NOON,
        endedAt === null ? null : endedAt - NOON,
        ...(reason === undefined ? [] : [reason]),
      ],
    ),
  };
}

describe('recordMonitor', () => {
  it('begins with the first reading, or when its source says the state began', () => {
    expect(watch([[0, 'up']])).toMatchObject({
      intervals: [['up', 0, null]],
      timeline: { knownSince: NOON },
      changedFrom: 0,
    });
    expect(watch([[0, 'down', { since: -500 }]])).toMatchObject({
      intervals: [['down', -500, null]],
      timeline: { knownSince: NOON - 500 },
    });
    expect(watch([[0, 'pending', { since: -500 }]])).toMatchObject({
      intervals: [],
      timeline: { knownSince: NOON },
    });
    expect(watch([[0, 'up', { since: 1e6 }]]).intervals).toEqual([
      ['up', 0, null],
    ]);
  });

  it('lets a state last while it is confirmed', () => {
    const { intervals, changedFrom } = watch([
      [0, 'up'],
      [60, 'up'],
      [240, 'up'],
    ]);
    expect(intervals).toEqual([['up', 0, null]]);
    expect(changedFrom).toBeUndefined();
  });

  it('begins a changed state when its source says, between the last look and this one', () => {
    for (const [since, startedAt] of [
      [90, 90],
      [10, 60],
      [9999, 120],
      [undefined, 120],
    ]) {
      expect(
        watch([
          [0, 'up'],
          [60, 'up'],
          [120, 'down', since === undefined ? {} : { since }],
        ]),
      ).toMatchObject({
        intervals: [
          ['up', 0, startedAt],
          ['down', startedAt, null],
        ],
        changedFrom: startedAt,
      });
    }
  });

  it('leaves a hole unknown, but for what its source says of it', () => {
    expect(
      watch([
        [0, 'up'],
        [181, 'up'],
      ]),
    ).toMatchObject({
      intervals: [['up', 181, null]],
      changedFrom: 0,
    });
    const seen: Parameters<typeof watch>[0] = [
      [0, 'up'],
      [60, 'up'],
    ];
    expect(watch([...seen, [600, 'up']])).toMatchObject({
      intervals: [
        ['up', 0, 60],
        ['up', 600, null],
      ],
      changedFrom: 60,
    });
    expect(watch([...seen, [600, 'up', { since: -50 }]])).toMatchObject({
      intervals: [['up', 0, null]],
      // What was summed up as unknown meanwhile is known now.
      changedFrom: 60,
    });
    expect(watch([...seen, [600, 'up', { since: 400 }]]).intervals).toEqual([
      ['up', 0, 60],
      ['up', 400, null],
    ]);
    expect(watch([...seen, [600, 'down', { since: 300 }]]).intervals).toEqual([
      ['up', 0, 60],
      ['down', 300, null],
    ]);
  });

  it('knows nothing while the vendor cannot tell', () => {
    expect(
      watch([
        [0, 'up'],
        [60, 'unknown'],
        [120, 'unknown'],
        [180, 'up'],
      ]).intervals,
    ).toEqual([
      ['up', 0, 60],
      ['up', 180, null],
    ]);
  });

  it('keeps the first reason that is told of an outage', () => {
    expect(
      watch([
        [0, 'up'],
        [60, 'down'],
        [120, 'down', { reason: '503' }],
        [180, 'down', { reason: 'timeout' }],
      ]).intervals,
    ).toEqual([
      ['up', 0, 60],
      ['down', 60, null, '503'],
    ]);
  });

  it('ignores a reading that is no newer than the last one', () => {
    expect(
      watch([
        [0, 'up'],
        [60, 'up'],
        [60, 'down'],
        [30, 'down'],
      ]).intervals,
    ).toEqual([['up', 0, null]]);
  });

  it('takes the word of the vendor for the past, but for our maintenance and pauses', () => {
    expect(
      watch([
        [0, 'up'],
        [60, 'down'],
        [120, 'maintenance'],
        [180, 'up'],
        [
          240,
          'up',
          {
            past: {
              from: -1000,
              intervals: [
                // Out of order, one within another, one beyond the span.
                { state: 'down', startedAt: 200, endedAt: 210, reason: '502' },
                { state: 'down', startedAt: 130, endedAt: 190, reason: '503' },
                { state: 'degraded', startedAt: 100, endedAt: 205 },
                { state: 'unknown', startedAt: -500, endedAt: -400 },
                { state: 'down', startedAt: -5000, endedAt: -900 },
                { state: 'down', startedAt: 150, endedAt: 140 },
              ],
            },
          },
        ],
      ]),
    ).toMatchObject({
      intervals: [
        ['down', -1000, -900],
        ['up', -900, -500],
        ['up', -400, 100],
        ['degraded', 100, 120],
        ['maintenance', 120, 180],
        ['down', 180, 190, '503'],
        ['degraded', 190, 200],
        ['down', 200, 210, '502'],
        ['up', 210, null],
      ],
      timeline: { knownSince: NOON - 1000 },
      changedFrom: -1000,
    });
  });

  it('does not lose an outage that goes on to a list of incidents that lags behind', () => {
    expect(
      watch([
        [0, 'up'],
        [60, 'down', { since: 30, past: { from: -600, intervals: [] } }],
      ]).intervals,
    ).toEqual([
      ['up', -600, 30],
      ['down', 30, null],
    ]);
  });

  it('lets the reading say what is now where the incidents say otherwise', () => {
    expect(
      watch([
        [0, 'up'],
        [
          60,
          'up',
          { past: { from: 0, intervals: [{ state: 'down', startedAt: 20 }] } },
        ],
      ]).intervals,
    ).toEqual([
      ['up', 0, 20],
      ['down', 20, 60],
      ['up', 60, null],
    ]);
  });

  it('reads a long list of incidents quickly enough', () => {
    const intervals = Array.from({ length: 5_000 }, (_, index) => ({
      state: 'down' as const,
      startedAt: -index * 100,
      endedAt: -index * 100 + 50,
    }));
    const { timeline } = watch([
      [60, 'up', { past: { from: -500_000, intervals } }],
    ]);
    expect(timeline.intervals).toHaveLength(10_001);
  });
});

describe('settleIntervals', () => {
  it('knows nothing since the last look once that is stale', () => {
    const { timeline } = watch([
      [0, 'up'],
      [60, 'up'],
    ]);
    const knownAt = (now: number) =>
      settleIntervals(timeline, NOON + now).map(
        ({ endedAt }) => endedAt - NOON,
      );
    expect(knownAt(240)).toEqual([240]);
    expect(knownAt(241)).toEqual([60]);
  });
});
