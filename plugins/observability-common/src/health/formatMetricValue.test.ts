import { formatMetricValue } from './formatMetricValue';
import { formatSpan } from './formatSpan';

/** No-break spaces are invisible in a diff: `_` is a wide one, `'` a narrow one. */
const visible = (text: string) =>
  text.replace(/\u00a0/g, '_').replace(/\u202f/g, "'");

describe('formatMetricValue', () => {
  it.each([
    [0.0184, 'fraction', '1.84_%', '1,84_%'],
    [1, 'fraction', '100_%', '100_%'],
    [0, 'fraction', '0_%', '0_%'],
    [0.99999, 'fraction', '99.99_%', '99,99_%'],
    [0.000034, 'fraction', '0.0034_%', '0,0034_%'],
    [12.5, 'fraction', "1'250_%", "1'250_%"],
    [1420, 'milliseconds', "1'420_ms", "1'420_ms"],
    [1234567.8, 'milliseconds', "1'234'568_ms", "1'234'568_ms"],
    [3.24, 'milliseconds', '3.2_ms', '3,2_ms'],
    [1236, 'count', "1'236", "1'236"],
    [2.5, 'count', '2.5', '2,5'],
    [1, 'days', '1_day', '1_jour'],
    [12.4, 'days', '12_days', '12_jours'],
    [48, 'hours', '48_hours', '48_heures'],
    [342, 'per-minute', '342/min', '342/min'],
    [-3, 'count', '-3', '-3'],
    [5, 'lightyears', '5_lightyears', '5_lightyears'],
    [5, '', '5', '5'],
    ['down', 'state', 'down', 'down'],
    [1420.5, 'state', '1420.5', '1420.5'],
  ])('%s %s is %s in English and %s in French', (value, unit, en, fr) => {
    expect(visible(formatMetricValue(value, unit))).toBe(en);
    expect(visible(formatMetricValue(value, unit, 'fr'))).toBe(fr);
  });

  it('puts a sign and more digits where they are asked for', () => {
    const signed = formatMetricValue(2.12, 'fraction', 'en', {
      sign: 'always',
    });
    expect(visible(signed)).toBe('+212_%');
    const exact = formatMetricValue(0.0100001, 'fraction', 'en', {
      maximumFractionDigits: 5,
    });
    expect(visible(exact)).toBe('1.00001_%');
  });
});

describe('formatSpan', () => {
  it.each([
    [0, '0_s'],
    [59.9, '59_s'],
    [60, '1_min'],
    [90, '1_min 30_s'],
    [785, '13_min'],
    [3600, '1_h'],
    [5400, '1_h 30_min'],
    [172_800, '2_days'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(visible(formatSpan(seconds))).toBe(text);
  });
});
