import { expandSchedule, ExpandScheduleInput } from './expandSchedule';
import {
  ANA,
  BEN,
  CLEO,
  DAN,
  layerOf,
  lines,
  overrideOf,
  scheduleOf,
  swapOf,
} from './__testUtils__/schedules';

type Input = Omit<
  Extract<ExpandScheduleInput, { schedule: unknown }>,
  'from' | 'to'
>;

function expand(from: string, to: string, input: Input) {
  const { shifts, gaps, warnings } = expandSchedule({ from, to, ...input });
  return { shifts, lines: lines(shifts), gaps, warnings };
}

const week = layerOf([ANA, BEN, CLEO]);

describe('expandSchedule', () => {
  describe('turns', () => {
    it('hands over at the same time on the wall, whatever the clocks did in between', () => {
      expect(
        expand('2026-03-23T08:00:00Z', '2026-04-06T07:00:00Z', {
          schedule: scheduleOf(week),
        }).lines,
      ).toEqual([
        '2026-03-23T08:00Z 2026-03-30T07:00Z cleo',
        '2026-03-30T07:00Z 2026-04-06T07:00Z ana',
      ]);
    });

    it('counts hours as elapsed time', () => {
      expect(
        expand('2026-03-28T23:00:00Z', '2026-03-29T11:00:00Z', {
          schedule: scheduleOf(
            layerOf([ANA, BEN], {
              unit: 'hour',
              length: 12,
              start: '2026-03-28T12:00',
            }),
          ),
        }).lines,
      ).toEqual(['2026-03-28T23:00Z 2026-03-29T11:00Z ben']);
    });

    it('uses the last day of shorter months and returns to the 31st', () => {
      expect(
        expand('2024-01-31T00:00:00Z', '2024-06-01T00:00:00Z', {
          schedule: scheduleOf(
            layerOf([ANA, BEN], {
              unit: 'month',
              start: '2024-01-31T00:00',
            }),
            'UTC',
          ),
        }).shifts.map(({ start }) => start.slice(0, 10)),
      ).toEqual([
        '2024-01-31',
        '2024-02-29',
        '2024-03-31',
        '2024-04-30',
        '2024-05-31',
      ]);
    });

    it('covers nothing before the first handoff', () => {
      const { lines: shifts, gaps } = expand(
        '2026-01-01T00:00:00Z',
        '2026-01-06T00:00:00Z',
        { schedule: scheduleOf(week) },
      );
      expect(shifts).toEqual(['2026-01-05T08:00Z 2026-01-12T08:00Z ana']);
      expect(gaps).toEqual([
        {
          start: '2026-01-01T00:00:00.000Z',
          end: '2026-01-05T08:00:00.000Z',
          level: 'primary',
        },
      ]);
    });

    it('leaves out a turn on a day that the zone skipped', () => {
      // Samoa had no 30 December 2011.
      expect(
        expand('2011-12-29T19:00:00Z', '2012-01-01T18:00:00Z', {
          schedule: scheduleOf(
            layerOf([ANA, BEN, CLEO], {
              unit: 'day',
              start: '2011-12-29T09:00',
            }),
            'Pacific/Apia',
          ),
        }).lines,
      ).toEqual([
        '2011-12-29T19:00Z 2011-12-30T19:00Z ana',
        '2011-12-30T19:00Z 2011-12-31T19:00Z cleo',
        '2011-12-31T19:00Z 2012-01-01T19:00Z ana',
      ]);
    });

    it('has groups on call together, gaps on purpose, and people who come around twice', () => {
      const { lines: shifts, gaps } = expand(
        '2026-01-05T08:00:00Z',
        '2026-02-02T08:00:00Z',
        { schedule: scheduleOf(layerOf([[ANA, BEN], null, CLEO, CLEO])) },
      );
      expect(shifts).toEqual([
        '2026-01-05T08:00Z 2026-01-12T08:00Z ana+ben',
        '2026-01-19T08:00Z 2026-01-26T08:00Z cleo',
        '2026-01-26T08:00Z 2026-02-02T08:00Z cleo',
      ]);
      expect(gaps).toHaveLength(1);
    });

    it.each([
      ['1970-01-01T00:00:00Z', '1970-01-15T00:00:00Z'],
      ['2100-12-20T00:00:00Z', '2101-01-01T00:00:00Z'],
    ])('works out %s', (from, to) => {
      const { gaps, shifts } = expand(from, to, {
        schedule: scheduleOf(
          layerOf([ANA, BEN], { start: '1970-01-01T00:00' }),
          'America/Chicago',
        ),
      });
      expect(shifts).toHaveLength(from < '2000' ? 2 : 3);
      expect(gaps).toHaveLength(from < '2000' ? 1 : 0);
    });

    it('refuses instants beyond the years that it knows', () => {
      expect(() =>
        expand('2026-01-01T00:00:00Z', '9999-01-01T00:00:00Z', {
          schedule: scheduleOf(week),
        }),
      ).toThrow('"9999-01-01T00:00:00Z" is not an instant from 1970 to 2100');
    });
  });

  describe('times that the clocks skip or show twice', () => {
    const atNight = (timeZone: string, start: string) =>
      scheduleOf(layerOf([ANA, BEN], { unit: 'day', start }), timeZone);

    it.each([
      ['America/Chicago', '2020-03-07T02:30', '2020-03-08T08:30:00.000Z'],
      ['America/Chicago', '2020-10-31T01:30', '2020-11-01T06:30:00.000Z'],
      ['Europe/Paris', '2026-03-28T02:30', '2026-03-29T01:30:00.000Z'],
      ['Europe/Paris', '2026-10-24T02:30', '2026-10-25T00:30:00.000Z'],
      ['Australia/Lord_Howe', '2020-10-03T02:15', '2020-10-03T15:45:00.000Z'],
      // These change their clocks at midnight.
      ['America/Havana', '2026-03-07T00:30', '2026-03-08T05:30:00.000Z'],
      ['Africa/Cairo', '2026-04-23T00:15', '2026-04-23T22:15:00.000Z'],
      ['Asia/Beirut', '2026-03-28T00:00', '2026-03-28T22:00:00.000Z'],
      ['America/Havana', '2026-10-31T00:30', '2026-11-01T04:30:00.000Z'],
      // Not a whole hour from UTC.
      ['Asia/Kathmandu', '2026-03-28T02:30', '2026-03-28T20:45:00.000Z'],
      ['Australia/Eucla', '2026-03-28T02:30', '2026-03-28T17:45:00.000Z'],
    ])('in %s after %s hands over at %s', (timeZone, start, handoff) => {
      const to = new Date(Date.parse(handoff) + 1).toISOString();
      const { shifts } = expand(handoff, to, {
        schedule: atNight(timeZone, start),
      });
      expect(shifts.map(shift => [shift.start, shift.people])).toEqual([
        [handoff, [BEN]],
      ]);
    });

    it('says so where a handoff falls into one', () => {
      expect(
        expand('2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z', {
          schedule: atNight('Europe/Paris', '2026-03-01T02:30'),
        }).warnings,
      ).toEqual([
        {
          code: 'handoff-in-gap',
          message:
            'primary: 2026-03-29 02:30 does not exist in Europe/Paris; the handoff is at 2026-03-29 03:30',
          at: '2026-03-29T01:30:00.000Z',
          level: 'primary',
          layer: '1',
        },
      ]);
      expect(
        expand('2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z', {
          schedule: scheduleOf(
            layerOf(
              [ANA, BEN],
              {},
              { windows: [{ from: '02:30', to: '08:00' }] },
            ),
          ),
        }).warnings.filter(({ code }) => code !== 'gap'),
      ).toEqual([
        {
          code: 'handoff-in-overlap',
          message:
            'primary: 2026-10-25 02:30 comes twice in Europe/Paris; the handoff is at the first, 2026-10-25T00:30:00.000Z',
          at: '2026-10-25T00:30:00.000Z',
          level: 'primary',
          layer: '1',
        },
      ]);
    });
  });

  describe('windows and layers', () => {
    it('gives an overnight window to the day on which it starts', () => {
      // 6 July 2026 is a Monday.
      expect(
        expand('2026-07-06T00:00:00Z', '2026-07-13T00:00:00Z', {
          schedule: scheduleOf(
            layerOf(
              [ANA],
              { start: '2026-07-06T00:00' },
              {
                windows: [
                  { days: ['mon'], from: '20:00', to: '08:00' },
                  { days: ['fri'], from: '09:00', to: '17:00' },
                ],
              },
            ),
            'UTC',
          ),
        }).lines,
      ).toEqual([
        '2026-07-06T20:00Z 2026-07-07T08:00Z ana',
        '2026-07-10T09:00Z 2026-07-10T17:00Z ana',
      ]);
    });

    it('takes a window that ends when it starts for 24 hours, and joins those that touch', () => {
      expect(
        expand('2026-07-06T00:00:00Z', '2026-07-13T00:00:00Z', {
          schedule: scheduleOf(
            layerOf(
              [ANA],
              { start: '2026-07-06T00:00' },
              {
                windows: [
                  { days: ['mon', 'tue', 'fri'], from: '08:00', to: '08:00' },
                ],
              },
            ),
            'UTC',
          ),
        }).lines,
      ).toEqual([
        '2026-07-06T08:00Z 2026-07-08T08:00Z ana',
        '2026-07-10T08:00Z 2026-07-11T08:00Z ana',
      ]);
    });

    it('lets the first layer that covers answer, and the next ones fill its holes', () => {
      const { lines: shifts, shifts: found } = expand(
        '2026-07-06T12:00:00Z',
        '2026-07-07T12:00:00Z',
        {
          schedule: scheduleOf(
            [
              layerOf(
                [ANA, null],
                { unit: 'day', start: '2026-07-06T00:00' },
                {
                  name: 'day',
                  windows: [{ from: '09:00', to: '17:00' }],
                },
              ),
              layerOf(
                [BEN],
                { start: '2026-07-06T00:00' },
                { until: '2026-07-07T11:00:00Z' },
              ),
              layerOf([CLEO], { start: '2026-07-06T00:00' }),
            ],
            'UTC',
          ),
        },
      );
      expect(shifts).toEqual([
        '2026-07-06T09:00Z 2026-07-06T17:00Z ana',
        '2026-07-06T17:00Z 2026-07-07T09:00Z ben',
      ]);
      expect(found[0].source).toEqual({ type: 'rotation', layer: 'day' });
      expect(found[1].source).toEqual({ type: 'rotation', layer: '2' });
    });

    it('leaves a layer without members to the next one', () => {
      const { lines: shifts, warnings } = expand(
        '2026-01-06T00:00:00Z',
        '2026-01-07T00:00:00Z',
        { schedule: scheduleOf([layerOf([]), week]) },
      );
      expect(shifts).toEqual(['2026-01-05T08:00Z 2026-01-12T08:00Z ana']);
      expect(warnings.map(({ code }) => code)).toEqual(['empty-layer']);
    });
  });

  describe('overrides', () => {
    const from = '2026-01-05T08:00:00Z';
    const to = '2026-01-12T08:00:00Z';
    const changed = (...overrides: ReturnType<typeof overrideOf>[]) =>
      expand(from, to, { schedule: scheduleOf(week), overrides });

    it.each([
      [
        'before',
        '2026-01-04T00:00:00Z',
        '2026-01-05T08:00:00Z',
        ['2026-01-05T08:00Z 2026-01-12T08:00Z ana'],
      ],
      [
        'over its start',
        '2026-01-04T00:00:00Z',
        '2026-01-06T00:00:00Z',
        [
          '2026-01-05T08:00Z 2026-01-06T00:00Z ben',
          '2026-01-06T00:00Z 2026-01-12T08:00Z ana',
        ],
      ],
      [
        'inside',
        '2026-01-06T00:00:00Z',
        '2026-01-07T00:00:00Z',
        [
          '2026-01-05T08:00Z 2026-01-06T00:00Z ana',
          '2026-01-06T00:00Z 2026-01-07T00:00Z ben',
          '2026-01-07T00:00Z 2026-01-12T08:00Z ana',
        ],
      ],
      [
        'over its last second',
        '2026-01-12T07:59:59Z',
        '2026-01-13T00:00:00Z',
        [
          '2026-01-05T08:00Z 2026-01-12T07:59:59Z ana',
          '2026-01-12T07:59:59Z 2026-01-12T08:00Z ben',
        ],
      ],
      [
        'over all of it',
        '2026-01-01T00:00:00Z',
        '2026-02-01T00:00:00Z',
        ['2026-01-05T08:00Z 2026-01-12T08:00Z ben'],
      ],
      [
        'after',
        '2026-01-12T08:00:00Z',
        '2026-01-14T00:00:00Z',
        ['2026-01-05T08:00Z 2026-01-12T08:00Z ana'],
      ],
    ])('replaces %s a shift', (_, start, end, expected) => {
      expect(
        changed(overrideOf(start, end, { remove: ANA, add: BEN })).lines,
      ).toEqual(expected);
    });

    it('lets somebody join, leaves a gap where somebody is removed, and fills a gap', () => {
      const {
        lines: shifts,
        shifts: found,
        gaps,
      } = changed(
        overrideOf('2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z', {
          add: BEN,
        }),
        overrideOf('2026-01-08T00:00:00Z', '2026-01-10T00:00:00Z', {
          remove: ANA,
        }),
        overrideOf('2026-01-09T00:00:00Z', '2026-01-10T00:00:00Z', {
          add: CLEO,
        }),
      );
      expect(shifts).toEqual([
        '2026-01-05T08:00Z 2026-01-06T00:00Z ana',
        '2026-01-06T00:00Z 2026-01-07T00:00Z ana+ben',
        '2026-01-07T00:00Z 2026-01-08T00:00Z ana',
        '2026-01-09T00:00Z 2026-01-10T00:00Z cleo',
        '2026-01-10T00:00Z 2026-01-12T08:00Z ana',
      ]);
      expect(found[1].source.type).toBe('override');
      expect(gaps).toEqual([
        {
          start: '2026-01-08T00:00:00.000Z',
          end: '2026-01-09T00:00:00.000Z',
          level: 'primary',
        },
      ]);
    });

    it('covers where no layer does, whole whatever was asked', () => {
      const override = overrideOf(
        '2025-12-20T00:00:00Z',
        '2026-01-06T00:00:00Z',
        { add: BEN },
      );
      const schedule = scheduleOf(week);
      const { shifts } = expand(
        '2026-01-01T00:00:00Z',
        '2026-01-01T01:00:00Z',
        {
          schedule,
          overrides: [override],
        },
      );
      expect(shifts).toEqual([
        {
          key: `crm:primary::${override.id}:0`,
          start: '2025-12-20T00:00:00.000Z',
          end: '2026-01-05T08:00:00.000Z',
          level: 'primary',
          people: [BEN],
          source: { type: 'override', id: override.id },
        },
      ]);
    });

    it('does not chain them, and lets the later one win', () => {
      const hour = ['2026-01-06T00:00:00Z', '2026-01-06T01:00:00Z'] as const;
      const aToB = overrideOf(...hour, { remove: ANA, add: BEN });
      const bToC = overrideOf(...hour, { remove: BEN, add: CLEO });
      const aToD = overrideOf(...hour, { remove: ANA, add: DAN });
      const during = (...overrides: ReturnType<typeof overrideOf>[]) =>
        expand(...hour, { schedule: scheduleOf(week), overrides }).shifts.map(
          ({ people }) => people,
        );
      expect(during(aToB, bToC)).toEqual([[BEN]]);
      expect(during(bToC, aToB)).toEqual([[BEN]]);
      expect(during(aToB, aToD)).toEqual([[DAN]]);
      expect(during(aToD, aToB)).toEqual([[DAN]]);
      const join = overrideOf(...hour, { add: ANA });
      const leave = overrideOf(...hour, { remove: ANA });
      expect(during(join, leave)).toEqual([]);
      expect(
        during(leave, { ...join, createdAt: leave.createdAt, id: 'z' }),
      ).toEqual([[ANA]]);
    });

    it('acts on all levels unless it names one', () => {
      const schedule = {
        ...scheduleOf(week),
        levels: [
          { name: 'primary', layers: [week] },
          { name: 'backup', layers: [layerOf([ANA])] },
        ],
      };
      const names = (override: ReturnType<typeof overrideOf>) =>
        expand('2026-01-06T00:00:00Z', '2026-01-06T01:00:00Z', {
          schedule,
          overrides: [override],
        }).shifts.map(({ level, people }) => [level, ...people]);
      const hour = ['2026-01-06T00:00:00Z', '2026-01-06T01:00:00Z'] as const;
      expect(names(overrideOf(...hour, { remove: ANA, add: DAN }))).toEqual([
        ['primary', DAN],
        ['backup', DAN],
      ]);
      expect(
        names(overrideOf(...hour, { remove: ANA, add: DAN, level: 'backup' })),
      ).toEqual([
        ['primary', ANA],
        ['backup', DAN],
      ]);
    });
  });

  describe('swaps', () => {
    const day = ['2026-01-06T08:00:00Z', '2026-01-07T08:00:00Z'] as const;
    const during = (input: Partial<Input>) =>
      expand(...day, { schedule: scheduleOf(week), ...input }).shifts.map(
        ({ people, source }) => [source.type, ...people],
      );

    it('changes nothing until it is taken', () => {
      const swap = swapOf(...day, ANA, BEN);
      expect(during({ swaps: [{ ...swap, state: 'open' }] })).toEqual([
        ['rotation', ANA],
      ]);
      expect(during({ swaps: [{ ...swap, state: 'cancelled' }] })).toEqual([
        ['rotation', ANA],
      ]);
      expect(during({ swaps: [swap] })).toEqual([['swap', BEN]]);
    });

    it('can be handed on, and given back', () => {
      const first = swapOf(...day, ANA, BEN);
      expect(during({ swaps: [first, swapOf(...day, BEN, CLEO)] })).toEqual([
        ['swap', CLEO],
      ]);
      expect(during({ swaps: [swapOf(...day, BEN, ANA), first] })).toEqual([
        ['swap', ANA],
      ]);
    });

    it('gives way to an override, which is of whoever took the shift', () => {
      const swaps = [swapOf(...day, ANA, BEN)];
      expect(
        during({
          swaps,
          overrides: [overrideOf(...day, { remove: BEN, add: CLEO })],
        }),
      ).toEqual([['override', CLEO]]);
      const idle = overrideOf(...day, { remove: ANA, add: CLEO });
      expect(during({ swaps, overrides: [idle] })).toEqual([['swap', BEN]]);
    });
  });
});
