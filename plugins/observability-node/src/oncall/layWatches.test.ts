import { layWatches } from './layWatches';
import { ExternalPerson } from './OnCallProvider';

const ana: ExternalPerson = { id: 'A', name: 'Ana' };
const bea: ExternalPerson = { id: 'B', name: 'Bea' };

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 9));

function shiftsOf(
  ...watches: [ExternalPerson, number | undefined, number | undefined][]
) {
  return layWatches(
    watches.map(([person, start, end]) => ({
      level: 'Level 1',
      person,
      start: start === undefined ? undefined : at(start),
      end: end === undefined ? undefined : at(end),
    })),
  ).map(({ start, end, people }) => [
    people.map(({ id }) => id).join('+'),
    start?.getUTCDate(),
    end?.getUTCDate(),
  ]);
}

describe('layWatches', () => {
  it('tells who has the watch together, and leaves gaps open', () => {
    expect(shiftsOf([ana, 1, 8], [bea, 5, 10], [ana, 12, 15])).toEqual([
      ['A', 1, 5],
      ['A+B', 5, 8],
      ['B', 8, 10],
      ['A', 12, 15],
    ]);
  });

  it('names a person once who is there by two rotations, without cutting the week in days', () => {
    expect(
      shiftsOf([ana, 1, 8], [ana, 1, 2], [ana, 2, 3], [ana, 3, 8]),
    ).toEqual([['A', 1, 8]]);
  });

  it('begins a new shift at each handoff, also to oneself', () => {
    expect(shiftsOf([ana, 8, 15], [ana, 1, 8], [bea, 15, 22])).toEqual([
      ['A', 1, 8],
      ['A', 8, 15],
      ['B', 15, 22],
    ]);
  });

  it('knows watches without beginning and end', () => {
    expect(shiftsOf([ana, undefined, undefined])).toEqual([
      ['A', undefined, undefined],
    ]);
    expect(shiftsOf([ana, undefined, undefined], [bea, 3, 4])).toEqual([
      ['A', undefined, 3],
      ['A+B', 3, 4],
      ['A', 4, undefined],
    ]);
  });

  it('keeps levels apart, says what put people there, and drops what lasts no time', () => {
    expect(
      layWatches([
        { level: '1', start: at(1), end: at(8), person: ana, layer: 'Week' },
        { level: '2', start: at(1), end: at(8), person: bea },
        { level: '2', start: at(9), end: at(9), person: ana },
        { level: '2', start: new Date(NaN), end: at(9), person: ana },
      ]),
    ).toEqual([
      {
        level: '1',
        start: at(1),
        end: at(8),
        people: [ana],
        layer: 'Week',
      },
      { level: '2', start: at(1), end: at(8), people: [bea] },
    ]);
  });
});
