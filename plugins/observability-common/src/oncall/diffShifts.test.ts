import { Schedule } from '../model';
import { diffShifts } from './diffShifts';
import { expandSchedule } from './expandSchedule';
import { ANA, BEN, CLEO, layerOf, scheduleOf } from './__testUtils__/schedules';

const shiftsOf = (schedule: Schedule) =>
  expandSchedule({
    schedule,
    from: '2026-01-05T09:00:00Z',
    to: '2026-02-02T09:00:00Z',
  }).shifts;

const before = shiftsOf(scheduleOf(layerOf([ANA, BEN]), 'UTC'));

describe('diffShifts', () => {
  it('finds nothing where only names change', () => {
    const renamed = shiftsOf(
      scheduleOf(layerOf([ANA, BEN], {}, { name: 'everybody' }), 'UTC'),
    );
    expect(diffShifts(before, renamed)).toEqual({
      added: [],
      removed: [],
      changed: [],
      count: 0,
    });
  });

  it('tells the shifts that get other people, and from when on', () => {
    const { added, removed, changed, count, firstAt } = diffShifts(
      before,
      shiftsOf(scheduleOf(layerOf([ANA, BEN, CLEO]), 'UTC')),
    );
    expect([added, removed]).toEqual([[], []]);
    expect(
      changed.map(pair => [pair.before.people, pair.after.people]),
    ).toEqual([
      [[ANA], [CLEO]],
      [[BEN], [ANA]],
    ]);
    expect([count, firstAt]).toEqual([2, '2026-01-19T09:00:00.000Z']);
  });

  it('tells shifts that end at another time from those that come and go', () => {
    const { added, removed, changed, firstAt } = diffShifts(
      before,
      shiftsOf(scheduleOf(layerOf([ANA, BEN], { length: 2 }), 'UTC')),
    );
    expect(changed.map(pair => [pair.before.end, pair.after.end])).toEqual([
      ['2026-01-12T09:00:00.000Z', '2026-01-19T09:00:00.000Z'],
      ['2026-01-26T09:00:00.000Z', '2026-02-02T09:00:00.000Z'],
    ]);
    expect(added).toEqual([]);
    expect(removed.map(({ start }) => start)).toEqual([
      '2026-01-12T09:00:00.000Z',
      '2026-01-26T09:00:00.000Z',
    ]);
    // Until then it is Ana's watch either way.
    expect(firstAt).toBe('2026-01-12T09:00:00.000Z');
  });
});
