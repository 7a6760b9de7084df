import { Temporal } from '@js-temporal/polyfill';
import { Schedule } from '../model';
import { LayerPlan } from './LayerPlan';
import { expandSchedule } from './expandSchedule';
import { onCallAt } from './onCallNow';
import { TimeZone } from './TimeZone';
import { DAY_MS, formatWallClock, HOUR_MS, MINUTE_MS } from './wallClock';
import { peopleByOracle } from './__testUtils__/oracle';
import { ANA, BEN, CLEO, DAN, layerOf } from './__testUtils__/schedules';

/** Zones, and the first of two years in which they change their clocks in a way worth a look. */
const YEARS: [zone: string, year: number][] = [
  ['Europe/Paris', 2026],
  ['Europe/London', 2026],
  ['America/Chicago', 2026],
  ['America/Havana', 2026],
  ['America/Santiago', 2026],
  ['America/Sao_Paulo', 2017],
  ['Africa/Cairo', 2026],
  ['Africa/Casablanca', 2026],
  ['Asia/Gaza', 2026],
  ['Asia/Tehran', 2021],
  ['Asia/Kathmandu', 1985],
  ['Australia/Lord_Howe', 2026],
  ['Australia/Sydney', 2026],
  ['Pacific/Apia', 2011],
];

/** On either side of a change. */
const AROUND_MS = 26 * HOUR_MS;

function changesOfClock(zone: string, firstYear: number): number[] {
  const changes: number[] = [];
  let at = Temporal.PlainDate.from({
    year: firstYear,
    month: 1,
    day: 1,
  }).toZonedDateTime(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.year >= firstYear + 2) {
      return changes;
    }
    changes.push(next.epochMilliseconds);
    at = next;
  }
}

const TEN_YEARS = 3653;

/** With handoffs and windows at the very time that the clocks skip or show twice. */
function scheduleAround(
  zone: string,
  change: number,
  daysOld: number,
): Schedule {
  const clock = TimeZone.of(zone);
  const skipped = formatWallClock(
    change + clock.offsetAt(change - 1) + 10 * MINUTE_MS,
  ).slice(11);
  const repeated = formatWallClock(
    change + clock.offsetAt(change) + 10 * MINUTE_MS,
  ).slice(11);
  const anchor = formatWallClock(clock.toWall(change) - daysOld * DAY_MS).slice(
    0,
    10,
  );
  return {
    name: 'crm',
    timeZone: zone,
    levels: [
      {
        name: 'daily',
        layers: [
          layerOf([ANA, BEN, CLEO], {
            unit: 'day',
            start: `${anchor}T${skipped}`,
          }),
        ],
      },
      {
        name: 'layers',
        layers: [
          layerOf(
            [ANA, null, BEN],
            { unit: 'hour', length: 5, start: `${anchor}T00:30` },
            {
              windows: [
                { from: skipped, to: '12:00' },
                { days: ['fri', 'sat', 'sun'], from: '20:15', to: repeated },
              ],
            },
          ),
          layerOf(
            [CLEO, [ANA, DAN]],
            { unit: 'day', length: 2, start: `${anchor}T${repeated}` },
            { windows: [{ from: '21:00', to: '06:00' }] },
          ),
        ],
      },
      {
        name: 'weekly',
        layers: [layerOf([DAN, BEN], { start: `${anchor}T${repeated}` })],
      },
      {
        name: 'monthly',
        layers: [
          layerOf([ANA, CLEO], {
            unit: 'month',
            start: `${anchor}T${skipped}`,
          }),
        ],
      },
    ],
  };
}

describe.each(YEARS)('in %s from %i on', (zone, firstYear) => {
  const changes = changesOfClock(zone, firstYear);
  const stretches = changes.map(change => ({
    schedule: scheduleAround(zone, change, TEN_YEARS),
    from: change - AROUND_MS,
    to: change + AROUND_MS,
  }));

  it('has one answer or one gap for each level and minute around each change of the clocks', () => {
    expect(changes.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const { schedule, from, to } of stretches) {
      const { shifts, gaps } = expandSchedule({
        schedule,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      });
      const spans = [
        ...shifts,
        ...gaps.map(gap => ({ ...gap, people: [] as string[] })),
      ].map(span => ({
        ...span,
        startMs: Date.parse(span.start),
        endMs: Date.parse(span.end),
      }));
      for (let at = from; at < to; at += MINUTE_MS) {
        const now = spans.filter(
          ({ startMs, endMs }) => startMs <= at && at < endMs,
        );
        const answers = onCallAt({
          schedule,
          at: new Date(at).toISOString(),
        });
        for (const { level, people } of answers) {
          const here = now.filter(span => span.level === level);
          if (here.length !== 1 || here[0].people.join() !== people.join()) {
            wrong.push(`${level} ${new Date(at).toISOString()}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('agrees with a walk through every turn by Temporal', () => {
    const wrong: string[] = [];
    for (const change of changes) {
      // Temporal is slow, so the walk is shorter.
      const schedule = scheduleAround(zone, change, 70);
      const from = change - AROUND_MS;
      const to = change + AROUND_MS;
      for (let at = from; at < to; at += 5 * MINUTE_MS) {
        for (const { level, people } of onCallAt({
          schedule,
          at: new Date(at).toISOString(),
        })) {
          const expected = peopleByOracle(schedule, level, at);
          if (people.join() !== expected.join()) {
            wrong.push(
              `${level} ${new Date(
                at,
              ).toISOString()}: ${people}, not ${expected}`,
            );
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets the turns of a layer touch and never overlap', () => {
    for (const { schedule, from, to } of stretches) {
      const clock = TimeZone.of(zone);
      for (const definition of schedule.levels.flatMap(
        ({ layers }) => layers,
      )) {
        const layer = LayerPlan.create(definition, 0, clock);
        const turns = layer.grid.turnsBetween(from, to);
        expect(turns[0].start).toBeLessThanOrEqual(from);
        expect(turns[turns.length - 1].end).toBeGreaterThanOrEqual(to);
        turns.slice(1).forEach(({ start, end }, index) => {
          expect(start).toBe(turns[index].end);
          expect(end).toBeGreaterThan(start);
        });
        const pieces = layer.piecesBetween(from, to);
        pieces.slice(1).forEach(({ start }, index) => {
          expect(start).toBeGreaterThanOrEqual(pieces[index].end);
        });
      }
    }
  });

  it('says the same from now on as from the first handoff, ten years ago, on', () => {
    for (const { schedule, from, to } of stretches.slice(0, 1)) {
      const start = new Date(from).toISOString();
      const end = new Date(to).toISOString();
      const now = expandSchedule({ schedule, from: start, to: end });
      const always = expandSchedule({
        schedule,
        from: new Date(from - 3660 * DAY_MS).toISOString(),
        to: end,
      });
      expect(now.shifts.length).toBeGreaterThan(0);
      expect(always.shifts.filter(shift => shift.end > start)).toEqual(
        now.shifts,
      );
    }
  });
});
