import fc from 'fast-check';
import { MonitorState, monitorStateSchema } from '../model';
import { completeMonitor } from './completeMonitor';
import { settleIntervals } from './intervals';
import { EndedInterval, MonitorPast, MonitorTimeline } from './MonitorTimeline';
import {
  addSeconds,
  DAY_SECONDS,
  dayOf,
  secondsByDay,
  sumSeconds,
  uptimeFraction,
} from './monitorSeconds';
import { monthOfMonitor, monthSpan } from './monthOfMonitor';
import { confirmsMonitor, recordMonitor } from './recordMonitor';
import { summarizeUptime } from './summarizeUptime';

jest.setTimeout(60_000);

// Always the same cases, so that a failure is a change of the code.
fc.configureGlobal({ seed: 20261125, numRuns: 300 });

/** Looks are hours apart, so that a story lasts for days and the arithmetic is exact. */
const HOUR = 3600;
const START = Date.UTC(2026, 10, 20) / 1000;
const STALE_AFTER = 3 * HOUR;

interface Look {
  afterHours: number;
  state: MonitorState;
  sinceHoursAgo?: number;
  reason?: string;
  past?: {
    fromHoursAgo: number;
    intervals: { state: MonitorState; hoursAgo: number; hours?: number }[];
  };
}

const states = fc.constantFrom(...monitorStateSchema.options);

const pasts = fc.record({
  fromHoursAgo: fc.integer({ min: 0, max: 60 }),
  intervals: fc.array(
    fc.record(
      {
        state: states,
        hoursAgo: fc.integer({ min: 0, max: 70 }),
        hours: fc.integer({ min: 0, max: 30 }),
      },
      { requiredKeys: ['state', 'hoursAgo'] },
    ),
    { maxLength: 5 },
  ),
});

const looks: fc.Arbitrary<Look[]> = fc.array(
  fc.record(
    {
      afterHours: fc.integer({ min: 0, max: 8 }),
      state: states,
      sinceHoursAgo: fc.integer({ min: 0, max: 20 }),
      reason: fc.constantFrom('503', 'timeout'),
      past: pasts,
    },
    { requiredKeys: ['afterHours', 'state'] },
  ),
  { minLength: 1, maxLength: 20 },
);

function toPast(past: NonNullable<Look['past']>, at: number): MonitorPast {
  return {
    from: at - past.fromHoursAgo * HOUR,
    intervals: past.intervals.map(({ state, hoursAgo, hours }) => {
      const startedAt = at - hoursAgo * HOUR;
      return {
        state,
        startedAt,
        ...(hours === undefined ? {} : { endedAt: startedAt + hours * HOUR }),
      };
    }),
  };
}

/** Records a story; yields each step. */
function* follow(story: Look[]) {
  let before: MonitorTimeline | undefined;
  let at = START;
  for (const look of story) {
    at += look.afterHours * HOUR;
    const observation = {
      state: look.state,
      at,
      staleAt: at + STALE_AFTER,
      ...(look.sinceHoursAgo === undefined
        ? {}
        : { since: at - look.sinceHoursAgo * HOUR }),
      ...(look.reason === undefined ? {} : { reason: look.reason }),
    };
    const past = look.past && toPast(look.past, at);
    const recorded = recordMonitor(before, observation, past);
    yield { before, observation, past, ...recorded };
    before = recorded.timeline;
  }
}

function endOf(story: Look[]): MonitorTimeline {
  return [...follow(story)].at(-1)!.timeline;
}

/** How long each state lasted, hour by hour. */
function hourly(intervals: EndedInterval[], from: number, to: number) {
  return Array.from({ length: Math.max(0, (to - from) / HOUR) }, (_, index) =>
    sumSeconds(intervals, from + index * HOUR, from + (index + 1) * HOUR),
  );
}

/** What is known of an instant. */
function stateAt(timeline: MonitorTimeline, instant: number) {
  return timeline.intervals.find(
    ({ startedAt, endedAt }) =>
      startedAt <= instant && (endedAt === null || instant < endedAt),
  )?.state;
}

describe('the history of a monitor, whatever happens', () => {
  it('is in order, without overlap, merged, and only its end goes on', () => {
    fc.assert(
      fc.property(looks, story => {
        for (const { timeline } of follow(story)) {
          const { intervals, knownSince, observedAt, state } = timeline;
          const first = intervals.at(0)?.startedAt ?? knownSince;
          expect(first).toBeGreaterThanOrEqual(knownSince);
          const isKnown = !['unknown', 'pending'].includes(state);
          const open = intervals.filter(({ endedAt }) => endedAt === null);
          expect(open).toEqual(isKnown ? intervals.slice(-1) : []);
          expect(open.map(interval => interval.state)).toEqual(
            isKnown ? [state] : [],
          );
          for (const { startedAt, endedAt } of intervals) {
            expect(endedAt ?? Infinity).toBeGreaterThan(startedAt);
            expect(endedAt ?? observedAt).toBeLessThanOrEqual(observedAt);
          }
          for (const [index, next] of intervals.slice(1).entries()) {
            const { endedAt, state: before } = intervals[index];
            expect(next.startedAt).toBeGreaterThanOrEqual(endedAt!);
            expect([endedAt, before]).not.toEqual([next.startedAt, next.state]);
          }
        }
      }),
    );
  });

  it('is the same when a reading is recorded again', () => {
    fc.assert(
      fc.property(looks, story => {
        for (const { timeline, observation, past } of follow(story)) {
          expect(recordMonitor(timeline, observation, past)).toEqual({
            timeline,
          });
        }
      }),
    );
  });

  it('says from when on it reads otherwise, and never less', () => {
    fc.assert(
      fc.property(looks, story => {
        for (const { before, timeline, changedFrom = Infinity } of follow(
          story,
        )) {
          // What was said of each hour right before it, and what is said now.
          const now = timeline.observedAt;
          const wasKnown = before ? settleIntervals(before, now) : [];
          const isKnown = settleIntervals(timeline, now);
          const end = Math.min(now, changedFrom);
          const first = START - 100 * HOUR;
          expect(hourly(isKnown, first, end)).toEqual(
            hourly(wasKnown, first, end),
          );
        }
      }),
    );
  });

  it('is not touched by a reading that confirms it', () => {
    fc.assert(
      fc.property(looks, story => {
        const confirmed = [...follow(story)].filter(
          ({ before, observation, past }) => {
            const last = before?.intervals.at(-1);
            const hasReason = last?.endedAt !== null || Boolean(last.reason);
            return (
              before &&
              !past &&
              confirmsMonitor({ ...before, hasReason }, observation)
            );
          },
        );
        for (const { before, timeline } of confirmed) {
          expect(timeline.intervals).toEqual(before!.intervals);
        }
      }),
    );
  });

  it('is as the last reading says since then, as long as that is fresh', () => {
    fc.assert(
      fc.property(looks, story => {
        const timeline = endOf(story);
        const isKnown = !['unknown', 'pending'].includes(timeline.state);
        expect(stateAt(timeline, timeline.observedAt)).toBe(
          isKnown ? timeline.state : undefined,
        );
      }),
    );
  });

  it('follows the vendor in each hour of its past, but for our maintenance and pauses', () => {
    fc.assert(
      fc.property(looks, pasts, (story, told) => {
        const before = endOf(story);
        const at = before.observedAt;
        const past = toPast(told, at);
        const { timeline } = recordMonitor(
          before,
          { state: before.state, at, staleAt: before.staleAt },
          past,
        );
        const spoken = (state: MonitorState) =>
          state === 'unknown' || state === 'pending' ? undefined : state;
        const allowedAt = (instant: number): (MonitorState | undefined)[] => {
          const ours = stateAt(before, instant);
          if (ours === 'maintenance' || ours === 'paused') {
            return [ours];
          }
          const said = past.intervals.filter(
            ({ startedAt, endedAt = at }) =>
              startedAt <= instant && instant < endedAt,
          );
          return said.length > 0
            ? said.map(({ state }) => spoken(state))
            : ['up', before.state];
        };
        const hours = Array.from(
          { length: 200 },
          (_, index) => at - (index + 1) * HOUR,
        );
        expect(
          hours.filter(hour => {
            const is = stateAt(timeline, hour);
            return hour < past.from
              ? is !== stateAt(before, hour)
              : !allowedAt(hour).includes(is);
          }),
        ).toEqual([]);
      }),
    );
  });

  it('does not depend on the order in which a vendor tells it', () => {
    fc.assert(
      fc.property(
        looks,
        pasts.chain(past =>
          fc.tuple(
            fc.constant(past.intervals),
            fc.shuffledSubarray(past.intervals, {
              minLength: past.intervals.length,
            }),
          ),
        ),
        (story, [one, other]) => {
          const before = endOf(story);
          const at = before.observedAt;
          const [first, second] = [one, other].map(intervals =>
            recordMonitor(
              before,
              { state: before.state, at, staleAt: before.staleAt },
              toPast({ fromHoursAgo: 60, intervals }, at),
            ),
          );
          expect(second).toEqual(first);
        },
      ),
    );
  });

  it('does not depend on whether the past is told before or after what follows', () => {
    fc.assert(
      fc.property(looks, looks, pasts, (story, later, told) => {
        const before = endOf(story);
        // A trouble that goes on outranks a list that does not have it yet; one that is over does not.
        fc.pre(before.state !== 'down' && before.state !== 'degraded');
        const at = before.observedAt;
        const past = toPast(told, at);
        const seen = { state: before.state, at, staleAt: before.staleAt };
        const follows = [...follow(later)].map(({ observation }) => ({
          ...observation,
          at: observation.at - START + at,
          staleAt: observation.staleAt - START + at,
          since: observation.since && observation.since - START + at,
        }));
        const recordAll = (from: MonitorTimeline) =>
          follows.reduce(
            (timeline, observation) =>
              recordMonitor(timeline, observation).timeline,
            from,
          );
        const toldFirst = recordAll(recordMonitor(before, seen, past).timeline);
        const toldLast = recordMonitor(recordAll(before), seen, past).timeline;
        const plain = ({ intervals }: MonitorTimeline) =>
          intervals.map(({ reason, ...interval }) => interval);
        expect(plain(toldLast)).toEqual(plain(toldFirst));
      }),
    );
  });
});

describe('days and fractions', () => {
  const nowAfter = (timeline: MonitorTimeline, hours: number) =>
    timeline.observedAt + hours * HOUR;

  it('account for each second of each day once', () => {
    fc.assert(
      fc.property(looks, fc.integer({ min: 0, max: 50 }), (story, hours) => {
        const timeline = endOf(story);
        const now = nowAfter(timeline, hours);
        const reading = {
          id: '1',
          name: 'Web',
          type: 'http',
          state: timeline.state,
        };
        const { days } = completeMonitor(reading, { timeline }, now);
        expect(days).toHaveLength(90);
        const settled = settleIntervals(timeline, now);
        const first = dayOf(now) - 89;
        const up = secondsByDay(settled, first, first + 90);
        expect(
          days.map(
            (day, index) =>
              up[index].up +
              day.downSeconds +
              day.degradedSeconds +
              day.maintenanceSeconds +
              day.pausedSeconds +
              day.unknownSeconds,
          ),
        ).toEqual([
          ...new Array(89).fill(DAY_SECONDS),
          now - dayOf(now) * DAY_SECONDS,
        ]);
      }),
    );
  });

  it('agree with each other, with the month and with the list', () => {
    fc.assert(
      fc.property(looks, fc.integer({ min: 0, max: 50 }), (story, hours) => {
        const timeline = endOf(story);
        const now = nowAfter(timeline, hours);
        const settled = settleIntervals(timeline, now);
        const today = dayOf(now);
        const byDay = secondsByDay(settled, today - 400, today + 1);
        const reading = {
          id: '1',
          name: 'Web',
          type: 'http',
          state: timeline.state,
        };
        const monitor = completeMonitor(reading, { timeline }, now);
        // The whole story lies within 30 days.
        const fraction = uptimeFraction(addSeconds(...byDay));
        expect(monitor.uptime.month).toBe(fraction);
        expect(monitor.uptime.quarter).toBe(fraction);
        expect(monitor.uptime.year).toBe(fraction);
        const summary = summarizeUptime([timeline], now);
        const { up, degraded, down: isDown } = addSeconds(...byDay);
        expect(summary.fraction).toBe(
          up + degraded + isDown >= DAY_SECONDS ? fraction : undefined,
        );
        expect(summary.trend.includes('down')).toBe(
          byDay.some(({ down }) => down > 0),
        );

        const november = monthSpan('2026-11');
        const plain = { timeline, sums: new Map() };
        const month = monthOfMonitor(plain, november, now);
        const sums = new Map(
          byDay.slice(0, -1).map((sum, index) => [today - 400 + index, sum]),
        );
        expect(monthOfMonitor({ timeline, sums }, november, now)).toEqual(
          month,
        );
        expect(month.downSeconds).toBe(
          month.days.reduce((sum, day) => sum + day.downSeconds, 0),
        );
      }),
    );
  });
});
