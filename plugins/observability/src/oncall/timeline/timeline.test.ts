import {
  examDay,
  production,
  productionDetails,
  productionTimeline,
  READER,
} from '../__fixtures__/production';
import { withoutOverride } from '../override/overridePlan';
import { createWatchFormat } from '../time/createWatchFormat';
import { agendaRows } from './agendaRows';
import { finalLanes, layerLanes } from './lanes';
import { nightsOf } from './nights';
import { assignMarks, initialsOf } from './people';
import { factsOf } from './selection';
import { rightsOver } from './shiftRights';
import {
  createTimelineWindow,
  instantAt,
  positionOf,
  turnWindow,
} from './timelineWindow';

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString();

describe('the window of the timeline', () => {
  it('begins with the day of an instant and goes on without a hole', () => {
    const window = createTimelineWindow(
      'two-weeks',
      new Date(2026, 9, 21, 14, 46).getTime(),
    );
    expect(window.from).toBe(new Date(2026, 9, 21).getTime());
    expect(window.to).toBe(new Date(2026, 10, 4).getTime());
    expect(window.days).toHaveLength(14);
    expect(window.days.filter(day => day.isWeekend)).toHaveLength(4);
    expect(turnWindow(window, 1).from).toBe(window.to);
    expect(turnWindow(window, -1).to).toBe(window.from);
  });

  it('is drawn over elapsed time, also where a day is longer', () => {
    // A window in which one day has 25 hours, whatever the zone of this machine.
    const from = at('2026-10-24T22:00:00Z');
    const window = {
      span: 'two-weeks' as const,
      from,
      to: from + 49 * HOUR_MS,
      days: [
        { start: from, end: from + 25 * HOUR_MS, hours: 25, isWeekend: true },
        {
          start: from + 25 * HOUR_MS,
          end: from + 49 * HOUR_MS,
          hours: 24,
          isWeekend: false,
        },
      ],
    };
    expect(positionOf(window, from + 25 * HOUR_MS)).toBeCloseTo(2500 / 49, 9);
    expect(instantAt(window, 25 / 49)).toBe(from + 25 * HOUR_MS);
    expect(instantAt(window, 0.001)).toBe(from);
    expect(instantAt(window, 7)).toBe(window.to);
  });
});

describe('nightsOf', () => {
  it('follows the clocks of the zone across their change', () => {
    const nights = nightsOf(
      'Europe/Paris',
      at('2026-10-24T12:00:00Z'),
      at('2026-10-26T00:00:00Z'),
    );
    expect(nights.map(({ start, end }) => [iso(start), iso(end)])).toEqual([
      ['2026-10-24T20:00:00.000Z', '2026-10-25T07:00:00.000Z'],
      ['2026-10-25T21:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    ]);
  });

  it('cuts a night that has begun before, and knows zones of half hours', () => {
    const [night] = nightsOf(
      'Asia/Kolkata',
      at('2026-10-21T00:00:00Z'),
      at('2026-10-21T12:00:00Z'),
    );
    expect(night).toEqual({
      start: at('2026-10-21T00:00:00Z'),
      end: at('2026-10-21T02:30:00Z'),
    });
  });
});

describe('the marks of people', () => {
  it('give six people six colours, and stripes to those after them', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
      name => `user:default/${name}`,
    );
    const marks = assignMarks([...people, people[0]]);
    const [first, rest] = [
      people.slice(0, 6).map(person => marks.get(person)),
      marks.get(people[6]),
    ];
    expect(new Set(first.map(mark => mark?.colour)).size).toBe(6);
    expect(first.every(mark => mark?.isStriped === false)).toBe(true);
    expect(rest?.isStriped).toBe(true);
  });

  it('hang on the people, not on the order in which they are named', () => {
    const one = assignMarks(['user:default/ana', 'user:default/bo']);
    const other = assignMarks(['user:default/bo', 'user:default/ana']);
    expect([...one].sort()).toEqual([...other].sort());
  });

  it('stand beside initials', () => {
    expect(['Engineer B', 'cto', 'engineer-a', ''].map(initialsOf)).toEqual([
      'EB',
      'CT',
      'EA',
      '?',
    ]);
  });
});

describe('layerLanes', () => {
  const window = createTimelineWindow(
    'two-weeks',
    new Date(2026, 9, 21).getTime(),
  );

  it('says what each layer alone would, while the definition is in force', () => {
    const upcoming = {
      definition: production,
      effectiveFrom: iso(window.to - 24 * HOUR_MS),
    };
    const lanes = layerLanes(
      {
        schedule: production,
        effectiveFrom: iso(window.from + 24 * HOUR_MS),
        upcoming,
      },
      window,
    );
    expect(lanes.map(({ level, layer }) => [level, layer])).toEqual([
      ['Primary', 'Weekly'],
      ['Backup', '1'],
    ]);
    const [weekly] = lanes;
    expect(weekly.bars[0].start).toBe(window.from + 24 * HOUR_MS);
    expect(weekly.bars.at(-1)?.end).toBe(window.to - 24 * HOUR_MS);
    expect(lanes[1].bars.at(-1)?.end).toBe(at('2026-11-02T08:00:00Z'));
  });

  it('says nothing of a time before the definition', () => {
    const lanes = layerLanes(
      { schedule: production, effectiveFrom: iso(window.to) },
      window,
    );
    expect(lanes.flatMap(({ bars }) => bars)).toEqual([]);
  });
});

describe('a shift of the schedule', () => {
  const NOW = at('2026-10-21T12:46:00Z');
  const from = at('2026-10-20T22:00:00Z');
  const window = {
    span: 'two-weeks' as const,
    from,
    to: from + 14 * 24 * HOUR_MS,
    days: [],
  };
  const answer = productionTimeline(new Date(window.from), new Date(window.to));
  const lanes = finalLanes(['Primary', 'Backup'], answer, window);
  const known = {
    answer,
    overrides: answer.overrides,
    swaps: answer.swaps,
    layers: layerLanes(productionDetails(NOW), window),
  };
  const factsAt = (instant: string, level = 'Primary') => {
    const bar = lanes
      .find(lane => lane.level === level)
      ?.bars.find(
        ({ start, end }) => start <= at(instant) && at(instant) < end,
      );
    if (!bar) {
      throw new Error(`nothing at ${instant}`);
    }
    return factsOf({ bar, level }, known);
  };
  const mine = factsAt('2026-10-22T00:00:00Z');
  const exam = factsAt('2026-10-28T12:00:00Z');
  const gap = factsAt('2026-11-03T00:00:00Z', 'Backup');

  it('says what lies underneath a change, and who is then on two levels', () => {
    expect(exam).toMatchObject({
      people: ['user:default/cto'],
      replaced: 'user:default/engineer-b',
      override: { id: 'override-1' },
      underneath: { people: ['user:default/engineer-b'], layer: 'Weekly' },
      twoLevels: [{ person: 'user:default/cto', level: 'Backup' }],
    });
    expect(mine).toMatchObject({ people: [READER], twoLevels: [] });
    expect(mine.underneath).toBeUndefined();
    expect(gap.people).toEqual([]);
  });

  it('can be changed by those whom it is about, by managers, and only while it is not over', () => {
    const user = (name: string, canManage = false) => ({
      user: `user:default/${name}`,
      canOverride: true,
      canManage,
    });
    const reader = user('guest');
    expect(rightsOver(mine, reader, NOW)).toEqual({
      override: 'anybody',
      askForCover: false,
      change: false,
      remove: false,
    });
    // It has not begun yet.
    expect(rightsOver(mine, reader, at('2026-10-18T00:00:00Z'))).toMatchObject({
      askForCover: true,
    });
    expect(rightsOver(exam, reader, NOW)).toMatchObject({
      override: 'oneself',
      change: false,
      remove: false,
    });
    expect(rightsOver(exam, user('engineer-b'), NOW)).toMatchObject({
      change: true,
      remove: true,
    });
    expect(rightsOver(exam, user('guest', true), NOW)).toMatchObject({
      override: 'anybody',
      change: true,
      remove: true,
    });
    expect(rightsOver(gap, reader, NOW).override).toBe('oneself');
    for (const [rights, now] of [
      [{ ...reader, canOverride: false }, NOW],
      [user('guest', true), at('2026-12-01T00:00:00Z')],
    ] as const) {
      expect(rightsOver(exam, rights, now)).toEqual({
        override: undefined,
        askForCover: false,
        change: false,
        remove: false,
      });
    }
  });

  it('gives back what an override took', () => {
    const before = withoutOverride(answer.shifts, examDay);
    expect(
      before
        .filter(({ source }) => source.id === examDay.id)
        .map(({ people }) => people),
    ).toEqual([['user:default/engineer-b']]);
    // One that only filled a gap leaves the gap.
    expect(
      withoutOverride(answer.shifts, { ...examDay, remove: undefined }),
    ).toHaveLength(answer.shifts.length - 1);
  });

  it('stands in the list of its day, with the day told once', () => {
    const rows = agendaRows(
      lanes,
      { level: 'Primary' },
      NOW,
      createWatchFormat('en', 'Europe/Paris'),
    );
    expect(rows.map(({ day, start, end }) => [day, start, end])).toEqual([
      ['Wed 21', undefined, 'Mon 09:00'],
      ['Mon 26', '09:00', 'Wed 09:00'],
      ['Wed 28', '09:00', 'Thu 09:00'],
      ['Thu 29', '09:00', 'Mon 09:00'],
      ['Mon 2', '09:00', expect.anything()],
    ]);
    expect(
      agendaRows(
        lanes,
        { person: 'user:default/cto' },
        NOW,
        createWatchFormat('en', 'Europe/Paris'),
      ).map(({ level }) => level),
    ).toEqual(['Backup', 'Backup', 'Primary']);
  });
});
