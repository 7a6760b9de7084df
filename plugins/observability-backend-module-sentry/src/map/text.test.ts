import { instant } from './text';

describe('instants of Sentry', () => {
  it.each([
    ['2026-03-02T09:00:00', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T10:00:00+01:00', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T09:00:00.123456Z', '2026-03-02T09:00:00.123Z'],
    ['soon', undefined],
    ['', undefined],
  ])('the instant %j is %j', (text, expected) => {
    expect(instant(text)).toBe(expected);
  });
});
