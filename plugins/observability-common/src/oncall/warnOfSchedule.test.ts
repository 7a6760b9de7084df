import { expandSchedule } from './expandSchedule';
import {
  ANA,
  BEN,
  CLEO,
  layerOf,
  overrideOf,
  scheduleOf,
  swapOf,
} from './__testUtils__/schedules';

const span = {
  from: '2026-01-05T09:00:00Z',
  to: '2026-02-02T09:00:00Z',
};

describe('the warnings of a schedule', () => {
  it('are none where all is well', () => {
    const { warnings } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, BEN]), 'UTC'),
      overrides: [
        overrideOf('2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z', {
          remove: ANA,
          add: CLEO,
        }),
      ],
      swaps: [
        swapOf('2026-01-13T00:00:00Z', '2026-01-14T00:00:00Z', BEN, CLEO),
      ],
      isKnownPerson: () => true,
      ...span,
    });
    expect(warnings).toEqual([]);
  });

  it('tell of gaps, once a level', () => {
    const { warnings } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, null, BEN, null]), 'UTC'),
      ...span,
    });
    expect(warnings).toEqual([
      {
        code: 'gap',
        message: 'primary: nobody has the watch for 336 h, in 2 gaps',
        at: '2026-01-12T09:00:00.000Z',
        level: 'primary',
      },
    ]);
  });

  it('tell of layers that end, are empty, or rest on one person', () => {
    const { warnings } = expandSchedule({
      schedule: scheduleOf(
        [
          layerOf(
            [ANA, BEN],
            {},
            { name: 'days', until: '2026-01-20T00:00:00Z' },
          ),
          layerOf([null]),
          layerOf([CLEO]),
        ],
        'UTC',
      ),
      ...span,
    });
    expect(warnings.map(({ code, layer, at }) => [code, layer, at])).toEqual([
      ['layer-ends', 'days', '2026-01-20T00:00:00.000Z'],
      ['empty-layer', '2', undefined],
      ['one-person-layer', '3', undefined],
      ['gap', undefined, '2026-01-20T00:00:00.000Z'],
    ]);
  });

  it('tell of people on two levels at once, once each', () => {
    const { warnings } = expandSchedule({
      schedule: {
        ...scheduleOf([]),
        levels: [
          { name: 'primary', layers: [layerOf([ANA, BEN])] },
          { name: 'backup', layers: [layerOf([CLEO, BEN])] },
        ],
      },
      ...span,
    });
    expect(warnings).toEqual([
      {
        code: 'two-levels',
        message: `${BEN} has the watch at primary and at backup at once`,
        at: '2026-01-12T08:00:00.000Z',
        level: 'backup',
        person: BEN,
      },
    ]);
  });

  it('tell of people whom nobody knows, also those of changes', () => {
    const { warnings } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, BEN]), 'UTC'),
      overrides: [
        overrideOf('2026-01-14T00:00:00Z', '2026-01-15T00:00:00Z', {
          add: CLEO,
        }),
      ],
      isKnownPerson: person => person === ANA,
      ...span,
    });
    expect(warnings.map(({ person, at }) => [person, at])).toEqual([
      [BEN, '2026-01-12T09:00:00.000Z'],
      [CLEO, '2026-01-14T00:00:00.000Z'],
    ]);
  });

  it('tell of changes that act on nothing, such as a swap of a shift that moved', () => {
    const swap = swapOf(
      '2026-01-06T00:00:00Z',
      '2026-01-07T00:00:00Z',
      BEN,
      CLEO,
    );
    const { warnings } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, BEN]), 'UTC'),
      swaps: [swap],
      overrides: [
        // It leaves a gap, so it acts.
        overrideOf('2026-01-08T00:00:00Z', '2026-01-09T00:00:00Z', {
          remove: ANA,
        }),
      ],
      ...span,
    });
    expect(warnings.map(({ code }) => code)).toEqual([
      'gap',
      'swap-without-effect',
    ]);
    expect(warnings[1].message).toBe(
      `The swap ${swap.id} changes nothing, because ${BEN} does not have the watch then`,
    );
  });

  it('tell of people in the rotation who are not in the owner group', () => {
    const { warnings } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, BEN, CLEO]), 'UTC'),
      isKnownPerson: person => person !== CLEO,
      isOwnerMember: person => person === ANA,
      ...span,
    });
    expect(warnings.map(({ code, person, at }) => [code, person, at])).toEqual([
      ['unknown-person', CLEO, '2026-01-19T09:00:00.000Z'],
      ['left-owner-group', BEN, '2026-01-12T09:00:00.000Z'],
    ]);
  });

  it('tell of cover that was off before its time', () => {
    const { warnings } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, BEN]), 'UTC'),
      swaps: [
        {
          ...swapOf('2026-01-13T00:00:00Z', '2026-01-14T00:00:00Z', BEN, CLEO),
          state: 'expired',
        },
      ],
      ...span,
    });
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'swap-without-effect', person: BEN }),
    ]);
  });
});
