import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import {
  LastRestoreTest,
  measureRestoreTest,
  restoreTestItem,
  withRestoreTest,
} from './restoreTestItem';

const now = new Date('2026-11-24T12:00:00.000Z');
const one = 'database:fake:default:one';

function test(overrides: Partial<LastRestoreTest> = {}): LastRestoreTest {
  return {
    signalId: one,
    at: '2026-11-21T12:00:00.000Z',
    result: 'passed',
    ...overrides,
  };
}

const data: DatabaseData = {
  engine: 'PostgreSQL',
  state: 'active',
  services: [],
  slowQueries: [],
  advisories: [],
  limitations: [],
};

describe('the restore test of the checklist', () => {
  it.each([
    ['nothing', [], null, 'no restore on record; one is due every 30 days'],
    [
      'one of today',
      [test({ at: '2026-11-24T11:00:00.000Z' })],
      true,
      'passed today',
    ],
    [
      'one of yesterday',
      [test({ at: '2026-11-23T11:00:00.000Z' })],
      true,
      'passed 1 day ago',
    ],
    [
      'one just within 30 days',
      [test({ at: '2026-10-25T12:00:00.000Z' })],
      true,
      'passed 30 days ago',
    ],
    [
      'one that is older',
      [test({ at: '2026-10-25T11:59:59.999Z' })],
      false,
      '30 days ago, due every 30 days',
    ],
    [
      'one that failed',
      [test({ result: 'failed' })],
      false,
      'failed 3 days ago',
    ],
    [
      'the newest of several',
      [test({ result: 'failed' }), test({ at: '2026-11-20T12:00:00.000Z' })],
      false,
      'failed 3 days ago',
    ],
    [
      'one for all databases',
      [test({ signalId: null })],
      true,
      'passed 3 days ago',
    ],
    [
      'one of another database',
      [test({ signalId: 'database:fake:default:two' })],
      null,
      'no restore on record; one is due every 30 days',
    ],
  ] as const)('is made from %s', (_, tests, passed, detail) => {
    expect(restoreTestItem(tests, one, now)).toEqual({
      check: 'restore-test',
      passed,
      detail,
    });
  });

  it('fails backups that are well at the vendor, and mends none', () => {
    const item = (passed: boolean | null) => ({
      check: 'restore-test' as const,
      passed,
      detail: '',
    });
    const measured = (value: string, passed: boolean | null) =>
      measureRestoreTest(
        [
          { metric: 'database.cpu', value: 0.1 },
          { metric: 'database.backup', value },
        ],
        item(passed),
      )[1].value;
    expect(measured('passed', false)).toBe('failed');
    expect(measured('passed', true)).toBe('passed');
    expect(measured('passed', null)).toBe('passed');
    expect(measured('failed', true)).toBe('failed');
    expect(measured('missing', true)).toBe('missing');
    expect(measured('missing', false)).toBe('missing');
    // The vendor says nothing of backups.
    expect(measureRestoreTest([], item(null))).toEqual([]);
    expect(measureRestoreTest([], item(false))).toEqual([
      { metric: 'database.backup', value: 'failed' },
    ]);
    expect(measureRestoreTest([], item(true))).toEqual([
      { metric: 'database.backup', value: 'passed' },
    ]);
  });

  it('takes the place of what the vendor says of it, beside the other items', () => {
    const daily = { check: 'daily' as const, passed: true, detail: '1 a day' };
    const theirs = restoreTestItem([], one, now);
    const ours = restoreTestItem([test()], one, now);
    expect(
      withRestoreTest(
        { ...data, backups: { items: [theirs, daily], lastGoodAt: 'then' } },
        ours,
      ).backups,
    ).toEqual({ items: [daily, ours], lastGoodAt: 'then' });
    expect(withRestoreTest(data, ours).backups).toEqual({ items: [ours] });
    // With neither there is no checklist.
    expect(withRestoreTest(data, theirs)).toEqual(data);
  });
});
