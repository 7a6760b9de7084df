import { unitValue } from './random';
import { OccurrenceStream, RateCurve, type RateStep } from './rates';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const anchorMs = Date.UTC(2026, 10, 22, 13, 41);

function createStream(
  seed: number,
  steps: RateStep[],
  pattern: 'steady' | 'working-week' = 'working-week',
) {
  const curve = new RateCurve({ steps, pattern, anchorMs });
  return new OccurrenceStream(seed, curve);
}

const ups: RateStep[] = [
  { fromMs: anchorMs - 9 * DAY, perHour: 2 },
  { fromMs: anchorMs - 6 * DAY, perHour: 90 },
  { fromMs: anchorMs - 6 * DAY + 40 * MINUTE, perHour: 0 },
  { fromMs: anchorMs - 3 * DAY, perHour: 0.3 },
  { fromMs: anchorMs - 9 * MINUTE, perHour: 246 },
];

describe('OccurrenceStream', () => {
  it('counts the same over a window and over any parts of it', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const stream = createStream(seed, ups);
      const cuts = Array.from(
        { length: 60 },
        (_, index) => anchorMs + (unitValue(seed, index) * 12 - 10) * DAY,
      ).sort((a, b) => a - b);
      let sum = 0;
      for (let index = 1; index < cuts.length; index++) {
        const part = stream.countBetween(cuts[index - 1], cuts[index]);
        expect(part).toBeGreaterThanOrEqual(0);
        sum += part;
      }
      expect(stream.countBetween(cuts[0], cuts.at(-1)!)).toBe(sum);
    }
  });

  it('gives every occurrence an instant of its own that its count includes', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const stream = createStream(seed, ups);
      const total = stream.countUntil(anchorMs + HOUR);
      let previous = Number.NEGATIVE_INFINITY;
      for (let index = 0; index < total; index++) {
        const timeMs = stream.timeOf(index);
        expect(timeMs).toBeGreaterThanOrEqual(previous);
        expect(stream.countUntil(timeMs)).toBeGreaterThan(index);
        expect(stream.countUntil(timeMs - 1)).toBeLessThanOrEqual(index);
        previous = timeMs;
      }
      expect(total).toBeGreaterThan(200);
    }
  });

  it('is silent before its first step and between steps of no rate', () => {
    const stream = createStream(5, ups);
    expect(stream.countUntil(anchorMs - 9 * DAY)).toBe(0);
    expect(
      stream.countBetween(anchorMs - 6 * DAY + 41 * MINUTE, anchorMs - 3 * DAY),
    ).toBe(0);
  });

  it('keeps its past when the future of its rate changes', () => {
    const before = createStream(7, ups);
    const after = createStream(7, [
      ...ups,
      { fromMs: anchorMs, perHour: 0 },
      { fromMs: anchorMs + HOUR, perHour: 5000 },
    ]);
    for (let back = 0; back < 10 * DAY; back += 37 * MINUTE) {
      expect(after.countUntil(anchorMs - back)).toBe(
        before.countUntil(anchorMs - back),
      );
    }
    expect(after.countBetween(anchorMs, anchorMs + HOUR)).toBe(0);
  });

  it('holds its rate: as many as expected, give or take one', () => {
    const stream = createStream(
      3,
      [{ fromMs: anchorMs, perHour: 60 }],
      'steady',
    );
    for (let hours = 1; hours < 500; hours += 7) {
      const count = stream.countUntil(anchorMs + hours * HOUR);
      expect(Math.abs(count - 60 * hours)).toBeLessThanOrEqual(1);
    }
  });
});

describe('RateCurve', () => {
  it('is as busy as it gets around the start, quieter at its night and on two days', () => {
    const curve = new RateCurve({
      steps: [{ fromMs: anchorMs - 30 * DAY, perHour: 100 }],
      pattern: 'working-week',
      anchorMs,
    });
    const during = (fromMs: number) =>
      curve.expectedUntil(fromMs + HOUR) - curve.expectedUntil(fromMs);

    expect(during(anchorMs)).toBeCloseTo(100);
    expect(during(anchorMs + 12 * HOUR)).toBeLessThan(30);
    expect(during(anchorMs - DAY)).toBeCloseTo(104);
    expect(during(anchorMs - 3 * DAY)).toBeCloseTo(50);
    expect(during(anchorMs - 4 * DAY)).toBeCloseTo(45);
  });
});
