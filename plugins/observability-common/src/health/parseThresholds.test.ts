import {
  parseThresholdOverrides,
  parseThresholdsAnnotation,
} from './parseThresholds';

describe('parseThresholdOverrides', () => {
  it('reads limits, levels switched off and durations', () => {
    expect(
      parseThresholdOverrides({
        'errors.rate': { warning: 0.005, critical: null },
        'database.cpu': { warning: 0.6, critical: 0.9, for: { minutes: 5 } },
        'uptime.state': { warning: null, critical: 'degraded' },
        'uptime.certificateDays': { warning: 30, critical: 7 },
      }),
    ).toEqual({
      overrides: {
        'errors.rate': { warning: 0.005, critical: null },
        'database.cpu': { warning: 0.6, critical: 0.9, forSeconds: 300 },
        'uptime.state': { warning: null, critical: 'degraded' },
        'uptime.certificateDays': { warning: 30, critical: 7 },
      },
      problems: [],
    });
  });

  it.each<[unknown, number]>([
    [{ minutes: 10 }, 600],
    [{ hours: 1, minutes: 30 }, 5400],
    [{ weeks: 1 }, 604_800],
    ['PT10M', 600],
    ['P1DT2H', 93_600],
    ['PT1.5S', 1.5],
    ['P2W', 1_209_600],
    ['10m', 600],
    [' 90 s ', 90],
    ['1.5h', 5400],
    ['0s', 0],
    ['2d', 172_800],
  ])('reads the duration %j', (duration, seconds) => {
    expect(
      parseThresholdOverrides({ 'errors.rate': { for: duration } }),
    ).toEqual({
      overrides: { 'errors.rate': { forSeconds: seconds } },
      problems: [],
    });
  });

  it.each<[unknown]>([
    [10],
    ['10'],
    ['10 minutes ago'],
    ['P'],
    ['PT'],
    ['P1M'],
    ['-10m'],
    ['10constructor'],
    [''],
    [{}],
    [{ minutes: '10' }],
    [{ minutes: -1 }],
    [{ constructor: 1 }],
    [{ months: 1 }],
    [[10]],
    [null],
    [true],
  ])('does not take %j for a duration', duration => {
    expect(
      parseThresholdOverrides({ 'errors.rate': { warning: 0, for: duration } }),
    ).toEqual({
      overrides: { 'errors.rate': { warning: 0 } },
      problems: [
        expect.stringMatching(/^errors\.rate: for must be a duration such as/),
      ],
    });
  });

  it.each<[unknown, string]>([
    [
      { 'errors.rats': {} },
      '"errors.rats" is not a metric. The metrics are errors.rate, ',
    ],
    [
      { 'errors.rate': 0.1 },
      'errors.rate must be an object { warning, critical, for }, not 0.1.',
    ],
    [{ 'errors.rate': null }, 'errors.rate must be an object'],
    [{ 'errors.rate': [1] }, 'errors.rate must be an object'],
    [
      { 'errors.rate': { warning: '0.1' } },
      'errors.rate: warning must be a number, or null to switch it off, not "0.1".',
    ],
    [
      { 'errors.rate': { critical: true } },
      'errors.rate: critical must be a number',
    ],
    [
      { 'errors.rate': { warning: NaN } },
      'errors.rate: warning must be a number',
    ],
    [
      { 'errors.count': { warning: -1 } },
      'errors.count: warning must not be negative, but is -1.',
    ],
    [
      { 'database.cpu': { warning: 80 } },
      'database.cpu: warning must be a fraction from 0 to 1, such as 0.8 for 80 %, not 80.',
    ],
    [
      { 'database.cpu': { limit: 0.8 } },
      'database.cpu: "limit" is not known; a threshold has warning, critical and for.',
    ],
    [
      { 'uptime.state': { warning: 'slow' } },
      'uptime.state: warning must be "degraded" or "down", not "slow".',
    ],
    [
      { 'uptime.state': { warning: 'up' } },
      'uptime.state: warning must be "degraded" or "down", not "up".',
    ],
    [
      { 'uptime.state': { warning: 1 } },
      'uptime.state: warning must be "degraded" or "down", not 1.',
    ],
    [
      '10',
      'Thresholds must be an object from metric to { warning, critical, for }, not "10".',
    ],
    [[], 'Thresholds must be an object'],
  ])('tells what is wrong with %j', (input, problem) => {
    const { overrides, problems } = parseThresholdOverrides(input);
    expect(overrides).toEqual({});
    expect(problems).toHaveLength(1);
    expect(problems[0].startsWith(problem)).toBe(true);
  });

  it.each([
    ['errors.rate', 0.05, 0.01],
    ['uptime.certificateDays', 3, 14],
    ['uptime.state', 'down', 'degraded'],
  ])('refuses %s with critical before warning', (metric, warning, critical) => {
    expect(
      parseThresholdOverrides({ [metric]: { warning, critical, for: '1m' } }),
    ).toEqual({
      overrides: { [metric]: { forSeconds: 60 } },
      problems: [
        expect.stringContaining(
          `${metric}: critical (${critical}) comes before warning (${warning})`,
        ),
      ],
    });
  });

  it('uses what is right beside what is wrong', () => {
    expect(
      parseThresholdOverrides({
        'errors.rate': { warning: 'much', critical: 0.1 },
        nonsense: {},
        'errors.count': { warning: 100, critical: 200 },
      }),
    ).toEqual({
      overrides: {
        'errors.rate': { critical: 0.1 },
        'errors.count': { warning: 100, critical: 200 },
      },
      problems: [
        expect.stringContaining('errors.rate: warning'),
        expect.stringContaining('"nonsense"'),
      ],
    });
  });

  it('neither repeats endless input nor tells endless problems', () => {
    const input = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `${index}${'x'.repeat(10_000)}`,
        {},
      ]),
    );
    const { problems } = parseThresholdOverrides(input);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('80 more problems like these.');
    expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(600);
  });
});

describe('parseThresholdsAnnotation', () => {
  it('reads JSON', () => {
    expect(
      parseThresholdsAnnotation(
        '{"errors.count": {"warning": 5, "for": "5m"}}',
      ),
    ).toEqual({
      overrides: { 'errors.count': { warning: 5, forSeconds: 300 } },
      problems: [],
    });
  });

  it.each([undefined, '', ' \n'])('takes %j for none', text => {
    expect(parseThresholdsAnnotation(text)).toEqual({
      overrides: {},
      problems: [],
    });
  });

  it.each(['errors.rate: 0.1', '{', '"errors.rate"', '[1]'])(
    'tells that %s is not what is expected',
    text => {
      const { overrides, problems } = parseThresholdsAnnotation(text);
      expect(overrides).toEqual({});
      expect(problems).toEqual([
        expect.stringMatching(/^Thresholds must be .+, not /),
      ]);
    },
  );

  it('is not tricked by names that every object has', () => {
    const { overrides, problems } = parseThresholdsAnnotation(
      '{"__proto__": {"warning": 1}, "constructor": {"warning": 1}}',
    );
    expect(Object.keys(overrides)).toEqual([]);
    expect(problems).toHaveLength(2);
    expect({}).not.toHaveProperty('warning');
  });
});
