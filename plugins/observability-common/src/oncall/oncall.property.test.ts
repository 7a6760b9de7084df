import fc from 'fast-check';
import {
  Layer,
  layerSchema,
  Override,
  Schedule,
  scheduleSchema,
  Swap,
  weekdaySchema,
} from '../model';
import { answerShifts } from './answerShifts';
import { expandSchedule } from './expandSchedule';
import { onCallAt, onCallNow } from './onCallNow';
import { peopleByOracle } from './__testUtils__/oracle';
import { ANA, BEN, CLEO, DAN } from './__testUtils__/schedules';

// Always the same cases, so that a failure is a change of the code.
fc.configureGlobal({ seed: 20261125, numRuns: 120 });

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Clocks change in most of the zones below within the weeks around it. */
const START = Date.UTC(2026, 2, 1);

const zones = fc.constantFrom(
  'UTC',
  'Europe/Paris',
  'America/Havana',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
);
const people = fc.constantFrom(ANA, BEN, CLEO, DAN);

function minutes(from: number, days: number) {
  return fc
    .integer({ min: 0, max: days * 96 })
    .map(quarters => from + quarters * 15 * MINUTE);
}

function iso(instant: number) {
  return new Date(instant).toISOString();
}

const timeOfDay = fc
  .integer({ min: 0, max: 95 })
  .map(quarter => iso(quarter * 15 * MINUTE).slice(11, 16));

const layers: fc.Arbitrary<Layer> = fc
  .record(
    {
      members: fc.array(
        fc.oneof(
          { weight: 5, arbitrary: people },
          { weight: 1, arbitrary: fc.constant(null) },
          {
            weight: 1,
            arbitrary: fc.array(people, { minLength: 1, maxLength: 3 }),
          },
        ),
        { maxLength: 4 },
      ),
      rotation: fc.record({
        unit: fc.constantFrom('hour', 'day', 'week', 'month'),
        length: fc.integer({ min: 1, max: 13 }),
        start: minutes(START - 60 * DAY, 75).map(at => iso(at).slice(0, 16)),
      }),
      windows: fc.array(
        fc.record(
          {
            days: fc.uniqueArray(fc.constantFrom(...weekdaySchema.options), {
              minLength: 1,
            }),
            from: timeOfDay,
            to: timeOfDay,
          },
          { requiredKeys: ['from', 'to'] },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      from: minutes(START, 10).map(iso),
      until: minutes(START + 11 * DAY, 60).map(iso),
    },
    { requiredKeys: ['members', 'rotation'] },
  )
  .map(layer => layerSchema.parse(layer));

const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    name: fc.constant('crm'),
    timeZone: zones,
    levels: fc
      .array(fc.array(layers, { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 2,
      })
      .map(levels =>
        levels.map((of, index) => ({
          name: index === 0 ? 'primary' : 'backup',
          layers: of,
        })),
      ),
  })
  .map(schedule => scheduleSchema.parse(schedule));

const spans = fc
  .tuple(minutes(START, 50), fc.integer({ min: 1, max: 400 }))
  .map(([start, quarters]) => ({
    start: iso(start),
    end: iso(start + quarters * 15 * MINUTE),
  }));
const madeAt = minutes(START - 20 * DAY, 10).map(iso);

const overrides: fc.Arbitrary<Override[]> = fc
  .array(
    fc.record(
      {
        span: spans,
        level: fc.constantFrom('primary', 'backup'),
        add: people,
        remove: people,
        createdAt: madeAt,
      },
      { requiredKeys: ['span', 'createdAt'] },
    ),
    { maxLength: 6 },
  )
  .map(made =>
    made.map(({ span, ...override }, index) => ({
      id: `o${index}`,
      createdBy: DAN,
      ...span,
      ...override,
    })),
  );

const swaps: fc.Arbitrary<Swap[]> = fc
  .array(
    fc.record({
      span: spans,
      level: fc.constantFrom('primary', 'backup'),
      from: people,
      to: people,
      state: fc.constantFrom('taken', 'taken', 'open', 'cancelled'),
      createdAt: madeAt,
    }),
    { maxLength: 4 },
  )
  .map(made =>
    made.map(({ span, ...swap }, index) => ({
      id: `s${index}`,
      schedule: 'crm',
      ...span,
      ...swap,
    })),
  );

const plans = fc.record({ schedule: schedules, overrides, swaps });
const FROM = iso(START);
const TO = iso(START + 45 * DAY);

describe('on-call', () => {
  it('agrees at every instant with rules applied in the plainest way', () => {
    fc.assert(
      fc.property(
        plans,
        fc.array(minutes(START, 45), { minLength: 5, maxLength: 20 }),
        (plan, instants) => {
          // Where people look first: where something begins or ends.
          const edges = [...plan.overrides, ...plan.swaps].flatMap(
            ({ start, end }) => [Date.parse(start), Date.parse(end) - 1],
          );
          const wrong: string[] = [];
          for (const at of [...instants, ...edges]) {
            for (const { level, people: onCall } of onCallAt({
              ...plan,
              at: iso(at),
            })) {
              const expected = peopleByOracle(
                plan.schedule,
                level,
                at,
                plan.overrides,
                plan.swaps,
              );
              if ([...onCall].sort().join() !== expected.sort().join()) {
                wrong.push(`${level} ${iso(at)}: ${onCall}, not ${expected}`);
              }
            }
          }
          expect(wrong).toEqual([]);
        },
      ),
    );
  });

  it('leaves no instant without exactly one shift or gap a level', () => {
    fc.assert(
      fc.property(plans, plan => {
        const { shifts, gaps } = expandSchedule({
          ...plan,
          from: FROM,
          to: TO,
        });
        for (const { name } of plan.schedule.levels) {
          const all = [...shifts, ...gaps]
            .filter(({ level }) => level === name)
            .sort((a, b) => (a.start < b.start ? -1 : 1));
          expect(all[0].start <= FROM).toBe(true);
          expect(all[all.length - 1].end >= TO).toBe(true);
          expect(
            all.slice(1).filter(({ start }, index) => start !== all[index].end),
          ).toEqual([]);
          expect(all.filter(({ start, end }) => start >= end)).toEqual([]);
        }
        const keys = shifts.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(shifts.filter(shift => shift.people.length === 0)).toEqual([]);
      }),
    );
  });

  it('gives a shift the same ends and the same key whatever stretch was asked for', () => {
    fc.assert(
      fc.property(plans, minutes(START, 40), (plan, at) => {
        const from = iso(at);
        const to = iso(at + DAY);
        const { shifts } = expandSchedule({ ...plan, from, to });
        const all = expandSchedule({ ...plan, from: FROM, to: TO });
        expect(shifts).toEqual(
          all.shifts.filter(({ start, end }) => start < to && end > from),
        );
      }),
    );
  });

  it('does not depend on the order in which changes are listed', () => {
    fc.assert(
      fc.property(plans, plan => {
        const reversed = {
          ...plan,
          overrides: [...plan.overrides].reverse(),
          swaps: [...plan.swaps].reverse(),
        };
        expect(expandSchedule({ ...reversed, from: FROM, to: TO })).toEqual(
          expandSchedule({ ...plan, from: FROM, to: TO }),
        );
      }),
    );
  });

  it('says since when, until when and who is next as the shifts do', () => {
    fc.assert(
      fc.property(plans, minutes(START, 40), (plan, instant) => {
        const at = iso(instant);
        const peopleAt = (level: string, when: string) =>
          onCallAt({ ...plan, at: when })
            .filter(answer => answer.level === level)
            .flatMap(answer => answer.people)
            .sort()
            .join();
        const wrong = onCallNow({ ...plan, at }).filter(watch => {
          const { level, since = at, until, next } = watch;
          const who = [...watch.people].sort().join();
          const last = until ? iso(Date.parse(until) - 1) : at;
          const agrees =
            since <= at &&
            at <= last &&
            peopleAt(level, since) === who &&
            peopleAt(level, last) === who &&
            (!next ||
              (next.at >= last &&
                peopleAt(level, next.at) === [...next.people].sort().join()));
          return !agrees;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('keeps the answers for the past whatever a later version says', () => {
    fc.assert(
      fc.property(plans, schedules, minutes(START, 40), (plan, edited, at) => {
        const { schedule, ...changes } = plan;
        const first = {
          definition: schedule,
          effectiveFrom: '2025-01-01T00:00:00Z',
        };
        const now = iso(at);
        const asked = { ...changes, from: FROM, to: TO, now };
        const before = answerShifts({
          ...asked,
          versions: [first],
          recorded: [],
        });
        const over = before.shifts.filter(({ end }) => end <= now);
        const after = answerShifts({
          ...asked,
          versions: [first, { definition: edited, effectiveFrom: now }],
          recorded: over,
          recordedUntil: now,
        });
        expect(after.shifts.filter(({ end }) => end < now)).toEqual(
          over.filter(({ end }) => end < now),
        );
        const keys = after.shifts.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(
          after.shifts
            .filter(({ start }) => start >= now)
            .every(({ level }) =>
              edited.levels.some(({ name }) => name === level),
            ),
        ).toBe(true);
      }),
    );
  });
});
