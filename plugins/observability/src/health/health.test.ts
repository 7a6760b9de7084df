import { Issue } from '@watchkeeper/backstage-plugin-observability-common';
import { criticalReport, staleReport } from '../__fixtures__/reports';
import { issue } from '../__fixtures__/signals';
import { toHours } from './card/toHours';
import { filterIssues, NOBODY, sortIssues } from './errors/issues';
import { collectReasons } from './reasons';
import { readingsOf } from './signals';

const NOW = new Date('2026-11-23T14:41:00.000Z').getTime();

describe('collectReasons', () => {
  it('puts the worst first, then the longest', () => {
    const rows = collectReasons(criticalReport(NOW).signals);
    expect(
      rows.map(row => [row.level, row.type === 'breach' && row.reason.metric]),
    ).toEqual([
      ['critical', 'errors.rate'],
      ['critical', 'releases.regression'],
      ['warning', 'performance.p95Ms'],
    ]);
  });

  it('tells of a source that is not read once, and keeps what it had found', () => {
    const [errors] = criticalReport(NOW).signals;
    const rows = collectReasons([
      {
        ...errors,
        stale: true,
        reasons: [
          ...errors.reasons,
          {
            metric: 'errors.rate',
            value: null,
            unit: 'fraction',
            threshold: null,
            level: 'unknown',
            message: 'Nobody can tell.',
            since: errors.reasons[0].since,
          },
        ],
      },
    ]);
    expect(rows.map(({ type, level }) => [type, level])).toEqual([
      ['breach', 'critical'],
      ['not-read', 'unknown'],
    ]);
  });
});

describe('readingsOf', () => {
  it('gives a range only where some data is old', () => {
    const { signals } = criticalReport(NOW);
    const fresh = readingsOf(signals);
    expect(fresh?.oldest).toBe(fresh?.newest);

    const mixed = readingsOf([signals[0], staleReport(NOW).signals[1]]);
    expect(mixed).toEqual({
      newest: '2026-11-23T14:40:20.000Z',
      oldest: '2026-11-23T14:12:00.000Z',
    });
    expect(readingsOf([])).toBeUndefined();
  });
});

describe('issues', () => {
  const issues: Issue[] = [
    issue({ id: 'a', title: 'Boom', events: 3, level: 'error' }),
    issue({
      id: 'b',
      title: 'Slow',
      events: 9,
      level: 'warning',
      culprit: 'GET /boom',
      lastSeen: '2026-11-23T14:00:00Z',
      assignee: { type: 'user', name: 'Zoe' },
    }),
    issue({
      id: 'c',
      title: 'New kind',
      events: 3,
      level: 'catastrophe',
      lastSeen: 'never',
      assignee: { type: 'team', name: 'crm' },
    }),
  ];
  const ids = (list: Issue[]) => list.map(({ id }) => id).join('');
  const all = { level: '', assignee: '', text: '' };

  it('finds all words in title, place or short id, in any case', () => {
    expect(ids(filterIssues(issues, { ...all, text: ' BOOM ' }))).toBe('ab');
    expect(ids(filterIssues(issues, { ...all, text: 'get boom' }))).toBe('b');
    expect(ids(filterIssues(issues, { ...all, text: 'api-c' }))).toBe('c');
    expect(ids(filterIssues(issues, { ...all, level: 'catastrophe' }))).toBe(
      'c',
    );
    expect(ids(filterIssues(issues, { ...all, assignee: NOBODY }))).toBe('a');
  });

  it('sorts by any column; nobody and never come last', () => {
    const sorted = (column: string, direction: 'ascending' | 'descending') =>
      ids(sortIssues(issues, { column, direction }));
    expect(sorted('events', 'descending')).toBe('bac');
    expect(sorted('level', 'descending')).toBe('abc');
    expect(sorted('lastSeen', 'descending')).toBe('bac');
    expect(sorted('assignee', 'ascending')).toBe('cba');
    expect(sorted('issue', 'ascending')).toBe('acb');
  });
});

describe('toHours', () => {
  it('counts events into 24 hours, whatever the distance between points', () => {
    const at = (minutesAgo: number) =>
      new Date(NOW - minutesAgo * 60_000).toISOString();
    const hours = toHours([
      { at: at(30 * 60), count: 100 },
      { at: at(61), count: 4 },
      { at: at(45), count: 2 },
      { at: at(15), count: 3 },
      { at: at(0), count: 5 },
      { at: 'nonsense', count: 9 },
    ]);
    expect(hours).toHaveLength(24);
    expect(hours.slice(-2)).toEqual([4, 10]);
    expect(hours.reduce((sum, count) => sum + count)).toBe(14);
  });
});
