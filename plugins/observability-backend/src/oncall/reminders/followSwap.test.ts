import {
  Layer,
  Override,
  Schedule,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';
import { followSwap, shiftOfSwap } from './followSwap';

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const cleo = 'user:default/cleo';
const NOW = '2026-03-01T00:00:00.000Z';

function stored(
  timeZone: string,
  layer: Partial<Layer> = {},
  overrides: Override[] = [],
): StoredSchedule {
  const definition: Schedule = {
    name: 'crm',
    timeZone,
    levels: [
      {
        name: 'primary',
        layers: [
          {
            members: [ann, bob],
            rotation: { unit: 'week', length: 1, start: '2026-03-02T09:00' },
            ...layer,
          },
        ],
      },
    ],
  };
  return {
    name: 'crm',
    origin: { type: 'api' },
    version: 1,
    versions: [{ definition, effectiveFrom: '2026-01-01T00:00:00.000Z' }],
    overrides,
    swaps: [],
  };
}

function swapOf(start: string, end: string): Swap {
  return {
    id: 'swap',
    schedule: 'crm',
    level: 'primary',
    start: `2026-03-${start}:00:00.000Z`,
    end: `2026-03-${end}:00:00.000Z`,
    from: ann,
    to: bob,
    state: 'taken',
    createdAt: NOW,
  };
}

const before = stored('Europe/Paris');
const whole = swapOf('02T08', '09T08');
const evening = swapOf('04T17', '04T21');

function follow(swap: Swap, after: StoredSchedule, now = NOW) {
  const place = followSwap(after, swap, shiftOfSwap(before, swap), now);
  return place && [place.start.slice(5, 13), place.end.slice(5, 13)];
}

function override(start: string, end: string, remove: string): Override {
  return {
    id: start,
    start: `2026-03-${start}:00:00.000Z`,
    end: `2026-03-${end}:00:00.000Z`,
    add: cleo,
    remove,
    createdBy: cleo,
    createdAt: NOW,
  };
}

describe('followSwap', () => {
  it('stays where nothing has moved', () => {
    expect(follow(whole, before)).toEqual(['03-02T08', '03-09T08']);
    expect(follow(evening, before)).toEqual(['03-04T17', '03-04T21']);
  });

  it('goes along with a turn that moves, as far into it as it was', () => {
    const london = stored('Europe/London');
    expect(follow(whole, london)).toEqual(['03-02T09', '03-09T09']);
    expect(follow(evening, london)).toEqual(['03-04T18', '03-04T22']);
  });

  it('covers all of a shift that becomes longer or shorter, and no more than is left', () => {
    const days = (length: number): Partial<Layer> => ({
      rotation: { unit: 'day', length, start: '2026-03-02T09:00' },
    });
    expect(follow(whole, stored('Europe/Paris', days(14)))).toEqual([
      '03-02T08',
      '03-16T08',
    ]);
    expect(follow(whole, stored('Europe/Paris', days(2)))).toEqual([
      '03-02T08',
      '03-04T08',
    ]);
    // The evening lies beyond the turn, which Bob has by then.
    expect(follow(evening, stored('Europe/Paris', days(2)))).toBeUndefined();
  });

  it('stays where an override covers a part of the shift, and ends where it covers all', () => {
    const part = override('03T08', '04T08', ann);
    expect(follow(whole, stored('Europe/Paris', {}, [part]))).toEqual([
      '03-02T08',
      '03-09T08',
    ]);
    const all = override('02T08', '09T08', ann);
    expect(follow(whole, stored('Europe/Paris', {}, [all]))).toBeUndefined();
  });

  it('ends where somebody else has the turn', () => {
    const other = stored('Europe/Paris', { members: [cleo, bob] });
    expect(follow(whole, other)).toBeUndefined();
  });

  it('never begins in the past', () => {
    const kathmandu = stored('Asia/Kathmandu');
    expect(
      followSwap(
        kathmandu,
        whole,
        shiftOfSwap(before, whole),
        '2026-03-02T07:00:00.000Z',
      ),
    ).toMatchObject({ start: '2026-03-02T07:00:00.000Z' });
  });
});
