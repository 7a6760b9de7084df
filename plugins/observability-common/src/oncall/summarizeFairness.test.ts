import { Shift } from '../model';
import { expandSchedule } from './expandSchedule';
import { summarizeFairness } from './summarizeFairness';
import { ANA, BEN, CLEO, layerOf, scheduleOf } from './__testUtils__/schedules';

function shiftOf(start: string, end: string, ...people: string[]): Shift {
  return {
    key: start,
    start,
    end,
    level: 'primary',
    people,
    source: { type: 'rotation' },
  };
}

describe('summarizeFairness', () => {
  it('counts hours as they pass, nights and weekends as the clocks of the schedule show them', () => {
    const { shifts } = expandSchedule({
      schedule: scheduleOf(layerOf([ANA, BEN])),
      from: '2026-03-23T08:00:00Z',
      to: '2026-04-06T07:00:00Z',
    });
    expect(
      summarizeFairness(
        shifts,
        'Europe/Paris',
        '2026-03-23T08:00:00Z',
        '2026-04-06T07:00:00Z',
      ),
    ).toEqual([
      {
        person: ANA,
        hours: 168,
        nights: 7,
        weekends: 1,
        shifts: 1,
        share: 168 / 335,
      },
      // The clocks go forward in this week.
      {
        person: BEN,
        hours: 167,
        nights: 7,
        weekends: 1,
        shifts: 1,
        share: 167 / 335,
      },
    ]);
  });

  it('cuts shifts to the time asked for, and counts two levels at once once', () => {
    expect(
      summarizeFairness(
        [
          shiftOf('2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z', ANA),
          {
            ...shiftOf(
              '2026-01-05T06:00:00Z',
              '2026-01-05T18:00:00Z',
              ANA,
              BEN,
            ),
            level: 'backup',
          },
          shiftOf('2026-01-08T00:00:00Z', '2026-01-09T00:00:00Z', CLEO),
        ],
        'UTC',
        '2026-01-05T04:00:00Z',
        '2026-01-07T00:00:00Z',
      ),
    ).toEqual([
      {
        person: ANA,
        hours: 20,
        nights: 0,
        weekends: 0,
        shifts: 2,
        share: 20 / 32,
      },
      {
        person: BEN,
        hours: 12,
        nights: 0,
        weekends: 0,
        shifts: 1,
        share: 12 / 32,
      },
    ]);
  });

  it('counts a weekend once, however many parts of it somebody has', () => {
    // Friday evening in Paris is already Saturday in UTC.
    const parts = [
      shiftOf('2026-01-09T22:30:00Z', '2026-01-09T23:30:00Z', ANA),
      shiftOf('2026-01-11T22:00:00Z', '2026-01-12T04:00:00Z', ANA),
      shiftOf('2026-01-11T23:00:00Z', '2026-01-12T04:00:00Z', BEN),
    ];
    const rows = summarizeFairness(
      parts,
      'Europe/Paris',
      '2026-01-01T00:00:00Z',
      '2026-02-01T00:00:00Z',
    );
    expect(
      rows.map(({ person, weekends, nights }) => [person, weekends, nights]),
    ).toEqual([
      [ANA, 1, 1],
      [BEN, 0, 1],
    ]);
  });
});
