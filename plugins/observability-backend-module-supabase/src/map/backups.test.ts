import { backupsSchema } from '../api/schemas';
import { backupMeasurement, toBackupFacts, toChecklist } from './backups';

const NOW = new Date('2026-11-24T13:40:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (millis: number) => new Date(NOW.getTime() - millis).toISOString();
const OLD = ago(400 * DAY);

describe('the checklist of backups', () => {
  /** A backup a day, the newest so old. */
  const list = (days: number, newestMs = 11 * HOUR, status = 'COMPLETED') =>
    Array.from({ length: days }, (_, day) => ({
      status,
      inserted_at: ago(newestMs + day * DAY),
    }));
  const unix = (millis: number) => Math.floor((NOW.getTime() - millis) / 1000);
  const continuous = (oldestMs: number, newestMs = 2 * HOUR) => ({
    earliest_physical_backup_date_unix: unix(oldestMs),
    latest_physical_backup_date_unix: unix(newestMs),
  });

  it.each<[string, object, string, (boolean | null)[], string | undefined]>([
    [
      'thirty daily ones with recovery to a point',
      { pitr_enabled: true, backups: list(30) },
      OLD,
      [true, true, true, true],
      'passed',
    ],
    [
      'a continuous one',
      { pitr_enabled: true, physical_backup_data: continuous(30 * DAY) },
      OLD,
      [true, true, true, true],
      'passed',
    ],
    [
      'recovery to a point off',
      { pitr_enabled: false, backups: list(30) },
      OLD,
      [true, false, true, true],
      'failed',
    ],
    [
      'seven kept',
      { pitr_enabled: true, backups: list(7) },
      OLD,
      [true, true, false, true],
      'failed',
    ],
    [
      'the last just before the next',
      { pitr_enabled: true, backups: list(31, 24.5 * HOUR) },
      OLD,
      [true, true, true, true],
      'passed',
    ],
    [
      'the last a day and more ago',
      { pitr_enabled: true, backups: list(31, 25.5 * HOUR) },
      OLD,
      [true, true, true, false],
      'failed',
    ],
    [
      'one day left out',
      { pitr_enabled: true, backups: list(31).filter((_, day) => day !== 3) },
      OLD,
      [false, true, true, true],
      'failed',
    ],
    [
      'one left out weeks ago',
      { pitr_enabled: true, backups: list(31).filter((_, day) => day !== 20) },
      OLD,
      [true, true, true, true],
      'passed',
    ],
    [
      'the last two days ago',
      { pitr_enabled: true, backups: list(31, 48.5 * HOUR) },
      OLD,
      [false, true, true, false],
      'missing',
    ],
    [
      'failed ones only',
      { pitr_enabled: true, backups: list(31, HOUR, 'FAILED') },
      OLD,
      [false, true, false, false],
      'missing',
    ],
    [
      'none at all',
      { pitr_enabled: false, backups: [], physical_backup_data: {} },
      OLD,
      [false, false, false, false],
      'missing',
    ],
    [
      'a continuous one that stopped',
      {
        pitr_enabled: true,
        physical_backup_data: continuous(30 * DAY, 50 * HOUR),
      },
      OLD,
      [true, true, true, false],
      'missing',
    ],
    [
      'none, of a project of an hour',
      { pitr_enabled: true, backups: [] },
      ago(HOUR),
      [null, true, null, null],
      undefined,
    ],
    [
      'three, of a project of three days',
      { pitr_enabled: true, backups: list(3) },
      ago(3 * DAY),
      [true, true, null, true],
      'passed',
    ],
    [
      'a vendor that says little',
      { backups: list(30) },
      OLD,
      [true, null, true, true],
      'passed',
    ],
    [
      'dates that are none, or to come',
      {
        pitr_enabled: true,
        backups: [
          { status: 'COMPLETED', inserted_at: 'soon' },
          { status: 'COMPLETED', inserted_at: ago(-DAY) },
          5,
        ],
      },
      OLD,
      [false, true, false, false],
      'missing',
    ],
  ])('of %s', (_, body, createdAt, passed, value) => {
    const facts = toBackupFacts(
      backupsSchema.parse({ backups: [], ...body }),
      NOW,
    );
    const items = toChecklist(facts, { now: NOW, createdAt });
    expect(items.map(({ check }) => check)).toEqual([
      'daily',
      'pitr',
      'retention',
      'recency',
    ]);
    expect(items.map(item => item.passed)).toEqual(passed);
    for (const { detail } of items) expect(detail).toMatch(/^[A-Z].{8,}/);
    expect(backupMeasurement(facts, { now: NOW, createdAt })?.value).toBe(
      value,
    );
  });

  it('says since when a backup is missing, also while nobody asks anew', () => {
    const facts = toBackupFacts(
      backupsSchema.parse({ pitr_enabled: true, backups: list(31) }),
      NOW,
    );
    const later = new Date(NOW.getTime() + 40 * HOUR);
    expect(backupMeasurement(facts, { now: later, createdAt: OLD })).toEqual({
      metric: 'database.backup',
      value: 'missing',
      since: new Date(NOW.getTime() + 37 * HOUR),
    });
  });
});
