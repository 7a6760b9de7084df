import { createStandInClock } from './clock';

describe('createStandInClock', () => {
  it('stands still at a given date until it is moved', () => {
    const clock = createStandInClock({ now: new Date('2026-11-22T13:41:00Z') });
    clock.advance(90_000);
    expect(clock.now().toISOString()).toBe('2026-11-22T13:42:30.000Z');
    clock.set(new Date('2026-01-01T00:00:00Z'));
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('follows a given source from wherever it is set', () => {
    let source = 1_000;
    const clock = createStandInClock({ now: () => new Date(source) });
    clock.set(new Date(50_000));
    source += 250;
    expect(clock.now().getTime()).toBe(50_250);
    clock.advance(-50);
    expect(clock.now().getTime()).toBe(50_200);
  });

  it('refuses what is no time', () => {
    const clock = createStandInClock();
    expect(() => clock.set(new Date('no date'))).toThrow(/invalid date/);
    expect(() => clock.advance(Number.NaN)).toThrow(/NaN/);
  });
});
