import { Shift } from '@watchkeeper/backstage-plugin-observability-common';
import { PublishedShift, publishShifts } from './publishShifts';

const ann = 'user:default/ann';
const bob = 'user:default/bob';

/** An instant of November and what follows. */
const day = (number: number) =>
  new Date(Date.UTC(2026, 10, number)).toISOString();

function shift(key: string, start: number, people = [ann]) {
  const source: Shift['source'] = { type: 'rotation' };
  const times = { start: day(start), end: day(start + 7) };
  return { key, ...times, level: 'primary', people, source, schedule: 'crm' };
}

/** Tells calendars on one day, of the days around it. */
function tell(
  published: readonly PublishedShift[],
  shifts: ReturnType<typeof shift>[],
  on: number,
) {
  const times = { from: day(on - 15), to: day(on + 180), now: day(on) };
  const { events, changed } = publishShifts({ published, shifts, ...times });
  const kept = new Map(published.map(event => [event.key, event]));
  changed.forEach(event => kept.set(event.key, event));
  return { events, changed, kept: [...kept.values()] };
}

describe('publishShifts', () => {
  it('has no news of shifts that are as they were told', () => {
    const shifts = [shift('b', 9, [bob, ann]), shift('a', 2)];
    const first = tell([], shifts, 1);
    expect(first.events.map(({ key, sequence }) => [key, sequence])).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    const again = tell(
      first.kept,
      [shift('a', 2), shift('b', 9, [ann, bob])],
      5,
    );
    expect(again.changed).toEqual([]);
    expect(again.events).toEqual(first.events);
    expect(again.events[0].modifiedAt).toBe(day(1));
  });

  it('raises the sequence of a shift once for each time it moves or changes hands', () => {
    const first = tell([], [shift('a', 9)], 1);
    const moved = tell(first.kept, [shift('a', 10)], 2);
    expect(moved.events).toEqual([
      expect.objectContaining({
        start: day(10),
        sequence: 1,
        modifiedAt: day(2),
      }),
    ]);
    const given = tell(moved.kept, [shift('a', 10, [bob])], 3);
    expect(given.events).toEqual([
      expect.objectContaining({ people: [bob], sequence: 2 }),
    ]);
    expect(tell(given.kept, [shift('a', 10, [bob])], 4).changed).toEqual([]);
  });

  it('cancels a shift that is there no longer, once, and takes it back when it is there again', () => {
    const first = tell([], [shift('a', 9)], 1);
    const gone = tell(first.kept, [], 2);
    expect(gone.events).toEqual([
      {
        ...first.events[0],
        sequence: 1,
        modifiedAt: day(2),
        cancelledAt: day(2),
      },
    ]);
    const still = tell(gone.kept, [], 3);
    expect(still.changed).toEqual([]);
    expect(still.events).toEqual(gone.events);
    const back = tell(still.kept, [shift('a', 9)], 4);
    expect(back.events).toEqual([
      { ...first.events[0], sequence: 2, modifiedAt: day(4) },
    ]);
  });

  it('tells of a cancelled shift until 30 days after its end', () => {
    const { kept } = tell(tell([], [shift('a', 9)], 1).kept, [], 2);
    const toldOn = (on: number) => tell(kept, [], on).events.length;
    expect([toldOn(16 + 29), toldOn(16 + 30)]).toEqual([1, 0]);
  });

  it('leaves shifts alone that are over in the time it tells of', () => {
    const { kept } = tell([], [shift('a', 2)], 1);
    expect(tell(kept, [], 9 + 14).events).toMatchObject([
      { cancelledAt: day(23) },
    ]);
    expect(tell(kept, [], 9 + 15)).toMatchObject({ events: [], changed: [] });
  });
});
