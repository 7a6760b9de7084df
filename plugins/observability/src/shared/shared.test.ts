import { splitLine, roundUp, stepOf } from './charts/scale';
import { createPlotScale, visibleThresholds } from './charts/plot';
import { createFormat } from './format/createFormat';
import { roundDuration } from './format/duration';
import { createNumberFormat } from './format/numbers';
import { safeHref } from './links/safeHref';
import { Translate } from './useTranslation';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Plain spaces are easier to read in expectations. */
const plain = (text: string) => text.replace(/\u00a0|\u202f/g, ' ');

describe('numbers', () => {
  it('writes them in the reader’s language, and only what is whole as whole', () => {
    const english = createNumberFormat('en');
    expect(plain(english.number(1236))).toBe('1 236');
    expect(plain(english.percent(0.0184))).toBe('1.84 %');
    expect(plain(english.percent(0.112))).toBe('11.20 %');
    expect(plain(english.percent(0))).toBe('0 %');
    expect(plain(english.percent(1))).toBe('100 %');
    expect(plain(english.percent(0.999999))).toBe('99.99 %');
    expect(plain(english.percent(0.000001))).toBe('< 0.01 %');
    expect(plain(english.percent(0.7, { minimum: 0, maximum: 2 }))).toBe(
      '70 %',
    );
    expect(plain(english.change(2.12))).toBe('+212 %');
    expect(plain(english.change(-0.3))).toBe('\u221230 %');
    expect(english.multiple(5.78)).toBe('5.8×');
    expect(english.multiple(57.8)).toBe('58×');

    const french = createNumberFormat('fr');
    expect(plain(french.number(1236))).toBe('1 236');
    expect(plain(french.percent(0.0184))).toBe('1,84 %');
  });
});

describe('times', () => {
  const NOW = new Date('2026-11-23T13:41:00.000Z').getTime();
  const t = ((key: string, values: Record<string, unknown>) =>
    `${key.split('.').pop()}:${Object.values(values).join()}`) as Translate;
  const format = createFormat({ language: 'en', timeZone: 'Europe/Paris', t });

  it('rounds durations down to one unit', () => {
    expect(
      [
        9.9 * SECOND,
        47 * SECOND,
        119 * SECOND,
        47.9 * HOUR,
        11.9 * DAY,
        -5,
      ].map(roundDuration),
    ).toEqual([
      { unit: 'seconds', value: 9 },
      { unit: 'seconds', value: 40 },
      { unit: 'minutes', value: 1 },
      { unit: 'hours', value: 47 },
      { unit: 'days', value: 11 },
      { unit: 'seconds', value: 0 },
    ]);
  });

  it('shows the clock in the reader’s zone for what is near, else the day', () => {
    const clock = (ago: number) => format.clock(new Date(NOW - ago), NOW);
    expect(clock(9 * MINUTE)).toBe('14:32');
    // Yesterday evening is near too, across midnight of the zone.
    expect(
      format.clock(new Date('2026-11-22T22:30:00Z'), NOW - 13 * HOUR),
    ).toBe('23:30');
    expect(clock(2 * DAY)).toBe('Sat 14:41');
    expect(clock(11 * DAY)).toBe('12 Nov');
    expect(clock(400 * DAY)).toBe('19 Oct 2025');
    expect(format.dateAndClock(new Date(NOW - 3 * DAY), NOW)).toBe(
      '20 Nov, 14:41',
    );
    expect(format.instant(new Date(NOW))).toBe(
      'Mon, 23 Nov 2026, 14:41:00 Europe/Paris',
    );
  });

  it('does not take a clock that is a little ahead for the future', () => {
    expect(format.age(new Date(NOW + 5 * SECOND), NOW)).toBe('ago:seconds:0');
    expect(format.age(new Date(NOW + 5 * MINUTE), NOW)).toBe('ahead:minutes:5');
    expect(format.countdown(16.2 * SECOND)).toBe('seconds:17');
  });
});

describe('charts', () => {
  it('cuts a line where it crosses the limit and where points are missing', () => {
    const segments = splitLine(
      [
        { x: 0, y: 0 },
        { x: 1, y: 10 },
        { x: 2, y: 20 },
        { x: 9, y: 20 },
        { x: 10, y: 0 },
      ],
      { threshold: 15, maximumGap: 3 },
    );
    expect(segments).toEqual([
      {
        beyond: false,
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 10 },
          { x: 1.5, y: 15 },
        ],
      },
      {
        beyond: true,
        points: [
          { x: 1.5, y: 15 },
          { x: 2, y: 20 },
        ],
      },
      {
        beyond: true,
        points: [
          { x: 9, y: 20 },
          { x: 9.25, y: 15 },
        ],
      },
      {
        beyond: false,
        points: [
          { x: 9.25, y: 15 },
          { x: 10, y: 0 },
        ],
      },
    ]);
    expect(splitLine([], { maximumGap: 1 })).toEqual([]);
  });

  it('keeps the limit of durations in view, and names only what has room', () => {
    const points = [0, 1, 2, 3].map(minute => ({
      at: minute * MINUTE,
      value: 400,
    }));
    const limits = [
      { value: 1000, label: 'limit', level: 'warning' as const },
      { value: 1050, label: 'worse', level: 'critical' as const },
      { value: 500, label: 'goal' },
    ];
    expect(stepOf(points)).toBe(MINUTE);
    const scale = createPlotScale('line', points, limits, 0);
    expect(scale.maximum).toBeGreaterThanOrEqual(1250);
    expect(visibleThresholds(limits, scale).map(({ label }) => label)).toEqual([
      'worse',
      'goal',
    ]);

    // The limit of counts would press an ordinary day flat.
    const counts = createPlotScale('bars', points, limits, 0);
    expect(counts.maximum).toBe(500);
    expect(counts.end).toBe(4 * MINUTE);
    // Nothing to draw is no reason to fail.
    expect(createPlotScale('line', [], [], 0).maximum).toBeGreaterThan(0);
    expect([5, 7, 1236].map(roundUp)).toEqual([5, 8, 2000]);
  });
});

describe('safeHref', () => {
  it('lets through addresses of the web and of mail, nothing else', () => {
    expect(safeHref('https://sentry.io/x')).toBe('https://sentry.io/x');
    expect(safeHref('mailto:crm@example.com')).toBe('mailto:crm@example.com');
    const script = ['java', 'script:alert(1)'];
    for (const url of [
      script.join(''),
      ` ${script.join('').toLocaleUpperCase('en')}`,
      script.join('\n'),
      'data:text/html,x',
      'vbscript:x',
      '//evil.example.com',
      '/catalog',
      '',
      undefined,
    ]) {
      expect(safeHref(url)).toBeUndefined();
    }
  });
});
