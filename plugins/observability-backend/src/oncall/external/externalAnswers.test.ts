import {
  isExternal,
  shiftsOfExternal,
  watchesOfExternal,
} from './externalAnswers';
import { RecordedExternalShift } from './ExternalOnCallStore';
import { externalPersonRef, externalScheduleName } from './externalNames';
import { StoredSchedule } from '../OnCallStore';

const ana = [{ ref: 'user:default/ana' }];
const bea = [{ ref: 'user:default/bea' }];
const at = (day: number, hour = 9) =>
  new Date(Date.UTC(2026, 10, day, hour)).toISOString();

function external(
  shifts: RecordedExternalShift[],
  changes: Partial<StoredSchedule> = {},
) {
  const schedule: StoredSchedule = {
    name: 'pagerduty~default~P1',
    origin: { type: 'external' },
    version: 1,
    versions: [
      {
        effectiveFrom: at(1),
        definition: {
          name: 'pagerduty~default~P1',
          timeZone: 'Europe/Paris',
          levels: [
            { name: 'Level 1', layers: [] },
            { name: 'Level 2', layers: [] },
          ],
        },
      },
    ],
    overrides: [],
    swaps: [],
    external: {
      instance: 'default',
      externalId: 'P1',
      knownFrom: at(1),
      knownUntil: at(20),
      shifts,
    },
    ...changes,
  };
  if (!isExternal(schedule)) {
    throw new Error('It is external');
  }
  return schedule;
}

const WEEKS: RecordedExternalShift[] = [
  { level: 'Level 1', start: at(1), end: at(8), people: ana, layer: 'Week' },
  { level: 'Level 1', start: at(8), end: at(15), people: ana },
  { level: 'Level 1', start: at(16), end: at(20), people: bea },
  { level: 'Level 2', start: at(1), people: bea },
];

describe('the watch of another master', () => {
  it('is told with since, until and next, where people go on as one', () => {
    expect(watchesOfExternal(external(WEEKS), at(10))).toEqual([
      {
        level: 'Level 1',
        people: ['user:default/ana'],
        source: { type: 'external' },
        shift: expect.objectContaining({ start: at(8), end: at(15) }),
        since: at(1),
        until: at(15),
        next: { people: ['user:default/bea'], at: at(16) },
      },
      expect.objectContaining({
        level: 'Level 2',
        people: ['user:default/bea'],
        since: at(1),
      }),
    ]);
    const [, level2] = watchesOfExternal(external(WEEKS), at(10));
    expect(level2).not.toHaveProperty('until');
    expect(level2).not.toHaveProperty('next');
  });

  it('passes on at the instant of the handoff, and is nobody’s in a gap', () => {
    expect(watchesOfExternal(external(WEEKS), at(15))[0]).toEqual({
      level: 'Level 1',
      people: [],
      since: at(15),
      until: at(16),
      next: { people: ['user:default/bea'], at: at(16) },
    });
    expect(watchesOfExternal(external(WEEKS), at(16))[0].people).toEqual([
      'user:default/bea',
    ]);
  });

  it('is a timeline with gaps only in the time that is known', () => {
    const schedule = external(WEEKS);
    const answer = shiftsOfExternal(schedule, {
      from: at(7),
      to: at(28),
      now: at(7),
    });
    expect(
      answer.shifts.map(({ level, start, end }) => [level, start, end]),
    ).toEqual([
      ['Level 1', at(1), at(8)],
      ['Level 2', at(1), at(28)],
      ['Level 1', at(8), at(15)],
      ['Level 1', at(16), at(20)],
    ]);
    expect(answer.shifts[0]).toMatchObject({
      key: `pagerduty~default~P1:Level%201:external:${
        Date.parse(at(1)) / 1000
      }`,
      source: { type: 'external', layer: 'Week' },
    });
    expect(answer.gaps).toEqual([
      { level: 'Level 1', start: at(15), end: at(16) },
    ]);
    expect(answer.warnings).toEqual([
      {
        code: 'gap',
        level: 'Level 1',
        at: at(15),
        message: 'Level 1: nobody has the watch for 24 h, in 1 gap',
      },
    ]);
    expect(
      shiftsOfExternal(schedule, { from: at(7), to: at(28), now: at(17) })
        .warnings,
    ).toEqual([]);
  });

  it('ends with the schedule', () => {
    const ended = external(WEEKS.slice(0, 1), { deletedAt: at(8) });
    expect(
      shiftsOfExternal(ended, { from: at(1), to: at(12), now: at(12) }).gaps,
    ).toEqual([{ level: 'Level 2', start: at(1), end: at(8) }]);
  });
});

describe('names', () => {
  it('of schedules never meet, and fit what holds them', () => {
    const source = { provider: 'pagerduty', instance: 'default' };
    expect(externalScheduleName(source, 'PABC')).toBe('pagerduty~default~PABC');
    const long = externalScheduleName(
      { ...source, instance: 'x'.repeat(63) },
      'PABC',
    );
    expect(long).toHaveLength(63);
    expect(long).not.toBe(
      externalScheduleName({ ...source, instance: 'x'.repeat(63) }, 'PABD'),
    );
    expect(externalScheduleName(source, 'a/b')).toMatch(
      /^pagerduty~default~a-b~[0-9a-f]{12}$/,
    );
  });

  it('of people are no references of the catalog', () => {
    expect(
      externalPersonRef({ provider: 'ical', instance: 'team' }, 'Ann Other'),
    ).toBe('urn:watchkeeper:person:ical:team:Ann%20Other');
  });
});
