import {
  expandSchedule,
  Schedule,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  examDay,
  production,
  productionDetails,
} from '../__fixtures__/production';
import { defaultChangeStart } from './changeStart';
import { problemsOf } from './draftProblems';
import { previewFacts } from './previewFacts';
import { previewStart, previewWeeks } from './previewWeeks';
import {
  countChanges,
  newTurn,
  ScheduleDraft,
  toDefinition,
  toDraft,
} from './scheduleDraft';
import { previewLane, stitchAnswers } from './stitchShifts';
import {
  joinTurn,
  moveTurn,
  removeTurn,
  reorderTurns,
  restoreTurn,
  splitTurn,
} from './turns';

const full: Schedule = {
  ...production,
  levels: [
    {
      name: 'Primary',
      layers: [
        {
          name: 'Nights',
          members: [
            'user:default/a',
            ['user:default/b', 'user:default/c'],
            null,
          ],
          rotation: { unit: 'month', length: 2, start: '2026-01-31T09:00' },
          windows: [
            { days: ['fri', 'sat'], from: '18:00', to: '02:30' },
            { from: '22:00', to: '06:00' },
          ],
          from: '2026-02-01T00:00:00.000Z',
          until: '2026-12-01T00:00:30.000Z',
        },
      ],
    },
  ],
};

describe('a schedule in fields', () => {
  it('says what the definition said, whatever that holds', () => {
    expect(toDefinition(toDraft(full))).toEqual(full);
    const plain = { name: 'a', timeZone: 'UTC', levels: production.levels };
    expect(toDefinition(toDraft(plain))).toEqual(plain);
  });

  it('counts what is not saved by fields and layers, and nothing twice', () => {
    const saved = toDraft(production);
    expect(countChanges(saved, saved)).toBe(0);
    const [primary, backup] = saved.levels;
    const changed: ScheduleDraft = {
      ...saved,
      title: 'Another',
      levels: [
        {
          ...primary,
          layers: [
            {
              ...primary.layers[0],
              length: 2,
              turns: [...primary.layers[0].turns, newTurn([])],
            },
          ],
        },
        backup,
      ],
    };
    expect(countChanges(changed, saved)).toBe(2);
    expect(countChanges({ ...saved, levels: [backup, primary] }, saved)).toBe(
      1,
    );
    expect(countChanges({ ...saved, levels: [primary] }, saved)).toBe(1);
  });

  it('has its mistakes told at their fields', () => {
    const draft = toDraft(production);
    const [primary, backup] = draft.levels;
    const [layer] = primary.layers;
    expect(problemsOf(draft).size).toBe(0);
    expect([
      ...problemsOf({
        ...draft,
        name: 'crm primary',
        timeZone: 'Mars/Base',
        levels: [
          {
            ...primary,
            layers: [
              {
                ...layer,
                length: NaN,
                start: '2026-02-31T09:00',
                windows: [{ id: 'w', days: [], from: '', to: '09:00' }],
                turns: [newTurn(['group:default/crm'])],
                from: '2026-02-01T00:00:00.000Z',
                until: '2026-01-01T00:00:00.000Z',
              },
            ],
          },
          { ...backup, name: 'Primary' },
        ],
      }),
    ]).toEqual(
      expect.arrayContaining([
        ['name', 'name'],
        ['timeZone', 'timeZone'],
        ['levels.0.layers.0.rotation.length', 'length'],
        ['levels.0.layers.0.rotation.start', 'start'],
        ['levels.0.layers.0.windows.0.from', 'time'],
        ['levels.0.layers.0.members', 'members'],
      ]),
    );
    const late = {
      ...draft,
      levels: [
        {
          ...primary,
          layers: [
            {
              ...layer,
              from: '2026-02-01T00:00:00.000Z',
              until: '2026-01-01T00:00:00.000Z',
            },
          ],
        },
      ],
    };
    expect(problemsOf(late).get('levels.0.layers.0.until')).toBe('until');
    const twice = {
      ...draft,
      levels: [primary, { ...backup, name: 'Primary' }],
    };
    expect(problemsOf(twice).get('levels.1.name')).toBe('repeated');
  });
});

describe('the turns of a layer', () => {
  const turns = ['a', 'b', 'c'].map(id => ({
    id,
    people: [`user:default/${id}`],
    isNew: false,
    isRemoved: false,
  }));
  const ids = (list: readonly { id: string }[]) =>
    list.map(({ id }) => id).join('');

  it('move up and down, and to where they are dropped', () => {
    expect(ids(moveTurn(turns, turns[2], -1))).toBe('acb');
    expect(ids(moveTurn(turns, turns[0], -1))).toBe('abc');
    expect(ids(reorderTurns(turns, new Set(['a']), 'c', 'after'))).toBe('bca');
    expect(ids(reorderTurns(turns, new Set(['c']), 'a', 'before'))).toBe('cab');
    expect(ids(reorderTurns(turns, new Set(['c']), 'x', 'before'))).toBe('abc');
  });

  it('stay in sight when they are taken out, unless they were never saved', () => {
    const out = removeTurn(turns, turns[1]);
    expect(out[1].isRemoved).toBe(true);
    expect(restoreTurn(out, turns[1])).toEqual(turns);
    const added = newTurn(['user:default/d']);
    expect(removeTurn([...turns, added], added)).toEqual(turns);
  });

  it('can be had together, and one after the other again', () => {
    const joined = joinTurn(turns, turns[0], 'user:default/d');
    expect(joined[0].people).toEqual(['user:default/a', 'user:default/d']);
    expect(joinTurn(joined, turns[0], 'user:default/d')).toEqual(joined);
    expect(splitTurn(joined, turns[0]).map(({ people }) => people)).toEqual([
      ['user:default/a'],
      ['user:default/d'],
      ['user:default/b'],
      ['user:default/c'],
    ]);
  });
});

describe('the preview of an edit', () => {
  const FROM = '2026-10-19T00:00:00.000Z';
  const TO = '2026-11-16T00:00:00.000Z';
  const START = '2026-11-02T08:00:00.000Z';
  const NOW = '2026-10-21T12:46:00.000Z';
  const expand = (schedule: Schedule, from = FROM) =>
    expandSchedule({
      schedule,
      overrides: [examDay],
      from,
      to: TO,
      isKnownPerson: person => person !== 'user:default/engineer-c',
    });
  const before = expand(production);
  const [primary, backup] = production.levels;
  const edited: Schedule = {
    ...production,
    levels: [
      {
        ...primary,
        layers: [
          {
            ...primary.layers[0],
            members: [
              'user:default/guest',
              'user:default/engineer-b',
              'user:default/engineer-d',
            ],
          },
        ],
      },
      { ...backup, layers: [{ ...backup.layers[0], until: undefined }] },
    ],
  };

  it('changes nothing where the definition is the same', () => {
    for (const at of [NOW, START, '2026-11-05T00:00:00.000Z']) {
      expect(stitchAnswers(before, expand(production, at), at)).toEqual({
        shifts: before.shifts,
        gaps: before.gaps,
      });
    }
  });

  it('leaves all before the change as it is saved, and tells what was before', () => {
    const edit = expand(edited, START);
    const after = stitchAnswers(before, edit, START);
    const lane = previewLane('Primary', after, before);
    const changed = lane.filter(({ was }) => was);
    expect(changed).toEqual([
      {
        key: `Primary ${START}`,
        start: Date.parse(START),
        end: Date.parse('2026-11-09T08:00:00.000Z'),
        people: ['user:default/engineer-d'],
        was: ['user:default/engineer-c'],
      },
    ]);
    expect(
      previewLane('Backup', after, before).filter(({ was }) => was)[0],
    ).toMatchObject({ start: Date.parse(START), was: [] });
    // A new schedule is compared with nothing.
    expect(
      previewLane('Primary', after, undefined).some(({ was }) => was),
    ).toBe(false);

    const facts = previewFacts({
      before,
      after,
      warnings: [...before.warnings, ...edit.warnings],
      now: NOW,
    });
    expect(facts).toMatchObject({
      shifts: { firstAt: START },
      gaps: { count: 0, before: 1 },
      unreachable: { count: 0, before: 1 },
      doubled: { count: 1, before: 1, firstAt: examDay.start },
    });
    expect(facts.shifts.count).toBeGreaterThan(1);
  });

  it('cuts a shift where only a part of it changes', () => {
    const at = '2026-11-05T08:00:00.000Z';
    const after = stitchAnswers(before, expand(edited, at), at);
    const bars = previewLane('Primary', after, before).filter(
      ({ start }) => start >= Date.parse(START),
    );
    expect(bars.slice(0, 2)).toMatchObject([
      { end: Date.parse(at), people: ['user:default/engineer-c'] },
      {
        start: Date.parse(at),
        people: ['user:default/engineer-d'],
        was: ['user:default/engineer-c'],
      },
    ]);
    expect(bars[0].was).toBeUndefined();
  });

  it('shows whole weeks from Monday on, and those of a change that comes later', () => {
    const now = new Date(2026, 9, 21, 14, 46).getTime();
    const weeks = previewWeeks(previewStart(now, now));
    expect(weeks.map(({ number }) => number)).toEqual([43, 44, 45, 46]);
    expect(weeks[0].from).toBe(new Date(2026, 9, 19).getTime());
    expect(weeks[0].days.map(({ isWeekend }) => isWeekend)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    for (const [index, week] of weeks.slice(1).entries()) {
      expect(week.from).toBe(weeks[index].to);
    }
    const later = new Date(2027, 0, 6).getTime();
    expect(
      previewWeeks(previewStart(now, later)).map(({ number }) => number),
    ).toEqual([53, 1, 2, 3]);
  });

  it('starts at the next handoff, or with an edit that comes only after it', () => {
    const details = productionDetails(Date.parse(NOW));
    expect(defaultChangeStart(details, Date.parse(NOW))).toBe(
      '2026-10-26T08:00:00.000Z',
    );
    const upcoming = { definition: edited, effectiveFrom: START };
    expect(defaultChangeStart({ ...details, upcoming }, Date.parse(NOW))).toBe(
      START,
    );
  });
});
