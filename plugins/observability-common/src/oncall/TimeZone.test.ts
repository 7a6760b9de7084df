import { Temporal } from '@js-temporal/polyfill';
import { isTimeZone, TimeZone } from './TimeZone';
import { formatWallClock, parseWallClock } from './wallClock';

describe('TimeZone', () => {
  it('knows every change of the clocks from 1970 to 2100 as Temporal does', () => {
    const wrong: string[] = [];
    let changes = 0;
    for (const name of [
      'Europe/Paris',
      'Asia/Gaza',
      'Pacific/Apia',
      'America/Recife',
    ]) {
      const zone = TimeZone.of(name);
      let at =
        Temporal.Instant.from('1970-01-01T00:00Z').toZonedDateTimeISO(name);
      for (;;) {
        const next = at.getTimeZoneTransition('next');
        if (!next || next.year >= 2101) {
          break;
        }
        changes++;
        const instant = next.epochMilliseconds;
        const before = next.subtract({ nanoseconds: 1 });
        if (
          zone.offsetAt(instant) !== next.offsetNanoseconds / 1e6 ||
          zone.offsetAt(instant - 1) !== before.offsetNanoseconds / 1e6
        ) {
          wrong.push(next.toString());
        }
        at = next;
      }
    }
    expect(wrong).toEqual([]);
    expect(changes).toBeGreaterThan(500);
  });

  it.each([
    ['Europe/Paris', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', 'gap'],
    ['Europe/Paris', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z', 'exact'],
    ['Europe/Paris', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', 'overlap'],
    ['Europe/Paris', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z', 'exact'],
    [
      'Australia/Lord_Howe',
      '2026-10-04T02:15',
      '2026-10-03T15:45:00.000Z',
      'gap',
    ],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z', 'gap'],
    [
      'America/Havana',
      '2026-11-01T00:30',
      '2026-11-01T04:30:00.000Z',
      'overlap',
    ],
  ])('in %s reads %s as %s (%s)', (name, text, instant, kind) => {
    const resolved = TimeZone.of(name).resolve(parseWallClock(text) ?? NaN);
    expect(resolved.kind).toBe(kind);
    expect(new Date(resolved.instant).toISOString()).toBe(instant);
  });

  it('takes a name in any case, and refuses what is no zone', () => {
    expect(TimeZone.of('EUROPE/paris')).toBe(TimeZone.of('Europe/Paris'));
    expect(() => TimeZone.of('Europe/Atlantis')).toThrow(
      'There is no time zone "Europe/Atlantis"',
    );
    expect(
      ['UTC', 'Asia/Kathmandu', '+02:00', '', 'local'].map(isTimeZone),
    ).toEqual([true, true, false, false, false]);
  });

  it('reads midnight as the beginning of its day', () => {
    const zone = TimeZone.of('Africa/Cairo');
    expect(
      formatWallClock(zone.toWall(Date.parse('2026-01-14T22:00:00Z'))),
    ).toBe('2026-01-15T00:00');
  });
});
