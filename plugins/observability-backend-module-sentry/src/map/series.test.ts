import eventsStats from '../__fixtures__/events-stats.json';
import timeSeries from '../__fixtures__/time-series.json';
import { timeSeriesSchema } from '../api/schemas';
import { fromEventsStats, fromTimeSeries, lastHours, valueAt } from './series';

const TEN = Date.parse('2026-03-01T11:00:00Z');
const HOUR_MS = 3_600_000;

describe('series', () => {
  it('are the same from both generations, without what belongs to no project', () => {
    const newer = fromTimeSeries(timeSeriesSchema.parse(timeSeries));
    const older = fromEventsStats(eventsStats, [
      'count()',
      'p95(transaction.duration)',
    ]);
    const counts = [
      { at: TEN, value: 360 },
      { at: TEN + HOUR_MS, value: 24 },
    ];
    const durations = [
      { at: TEN, value: 210.5 },
      { at: TEN + HOUR_MS, value: undefined },
    ];
    expect([...newer.keys()]).toEqual(['shop']);
    expect([...older.keys()]).toEqual(['shop']);
    expect(newer.get('shop')?.get('count()')).toEqual(counts);
    expect(older.get('shop')?.get('count()')).toEqual(counts);
    expect(newer.get('shop')?.get('p95(span.duration)')).toEqual(durations);
    expect(older.get('shop')?.get('p95(transaction.duration)')).toEqual(
      durations,
    );
  });

  it('with one axis stand directly under the project in the older generation', () => {
    const found = fromEventsStats(
      { shop: eventsStats.shop['count()'], Other: { data: [] } },
      ['count()'],
    );
    expect(found.get('shop')?.get('count()')).toHaveLength(2);
  });

  it('of nothing are none, whatever that looks like', () => {
    const empty = { data: [[1772362800, [{ count: 0 }]]], start: 1, end: 2 };
    expect(fromEventsStats(empty, ['count()']).size).toBe(0);
    expect(fromEventsStats({}, ['count()']).size).toBe(0);
    expect(fromTimeSeries({ timeSeries: [] }).size).toBe(0);
  });

  it('have a value for each of the last hours that Sentry knows', () => {
    const now = new Date('2026-03-01T12:20:00Z');
    const hours = lastHours(now, 3);
    expect(hours.map(at => new Date(at).toISOString())).toEqual([
      '2026-03-01T10:00:00.000Z',
      '2026-03-01T11:00:00.000Z',
      '2026-03-01T12:00:00.000Z',
    ]);
    const values = [{ at: TEN, value: 360 }];
    expect(hours.map(at => valueAt(values, at))).toEqual([
      undefined,
      360,
      undefined,
    ]);
  });
});
