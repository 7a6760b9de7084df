import { toRecentEvents, toRecentRequests, toRequestOutcomes } from './current';
import { toErrorRate } from './errors';
import { toTransactions } from './performance';

describe('what is going on now', () => {
  it('adds up the levels of a project, and knows which of them are errors', () => {
    const recent = toRecentEvents([
      {
        'project.id': 501,
        level: 'error',
        'count()': 4,
        'last_seen()': '2026-03-02T09:58:00+00:00',
      },
      {
        'project.id': 501,
        level: 'fatal',
        'count()': '1',
        'last_seen()': '2026-03-02T09:59:00+00:00',
      },
      {
        'project.id': 501,
        level: 'warning',
        'count()': 20,
        'last_seen()': null,
      },
      { 'project.id': 502, level: null, 'count()': 3 },
      { level: 'error', 'count()': 99 },
    ]);
    expect(Object.fromEntries(recent)).toEqual({
      501: { errors: 5, events: 25, lastSeen: '2026-03-02T09:59:00.000Z' },
      502: { errors: 0, events: 3 },
    });
  });

  it('takes null for nothing measured, not for zero', () => {
    const recent = toRecentRequests(
      [
        {
          'project.id': 501,
          'count()': 0,
          'p95(span.duration)': null,
          'failure_rate()': null,
        },
        { 'project.id': 502, 'count()': null },
      ],
      'p95(span.duration)',
    );
    expect([...recent]).toEqual([
      ['501', { count: 0, p95Ms: undefined, failureRate: undefined }],
    ]);
  });

  it('counts requests that the SDK left out when sampling', () => {
    const outcomes = toRequestOutcomes(
      {
        intervals: ['2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z'],
        groups: [
          {
            by: { project: 501, outcome: 'accepted' },
            totals: { 'sum(quantity)': 100 },
          },
          {
            by: { project: 501, outcome: 'client_discard' },
            totals: { 'sum(quantity)': 900 },
          },
          {
            by: { project: 501, outcome: 'rate_limited' },
            totals: { 'sum(quantity)': 5000 },
          },
          {
            by: { project: 502, outcome: 'client_discard' },
            totals: { 'sum(quantity)': 80 },
          },
          { by: { outcome: 'accepted' }, totals: null },
        ],
      },
      new Date('2026-03-02T10:20:00Z'),
    );
    expect(Object.fromEntries(outcomes)).toEqual({
      501: { perMinute: 12.5, samplingFactor: 10 },
      502: { perMinute: 1, samplingFactor: 1 },
    });
  });

  it('never says that more than all requests failed', () => {
    expect(toErrorRate(3, 300)).toBe(0.01);
    expect(toErrorRate(30, 20)).toBe(1);
    expect(toErrorRate(0, 0)).toBe(0);
  });

  it('lists the ten slowest transactions of a project', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      'project.id': 501,
      transaction: index === 11 ? null : `GET /${index}`,
      'count()': 120,
      'p95(span.duration)': (index + 1) * 10,
      'failure_rate()': 0.25,
    }));
    const nothing = { 'project.id': 502, 'p95(span.duration)': null };
    const found = toTransactions([...rows, nothing], 'p95(span.duration)', 60);
    expect([...found.keys()]).toEqual(['501']);
    expect(found.get('501')).toHaveLength(10);
    expect(found.get('501')?.slice(0, 2)).toEqual([
      {
        name: '(unnamed)',
        p95Ms: 120,
        throughputPerMinute: 2,
        failureRate: 0.25,
      },
      {
        name: 'GET /10',
        p95Ms: 110,
        throughputPerMinute: 2,
        failureRate: 0.25,
      },
    ]);
  });
});
