import {
  BackupItem,
  DatabaseData,
  RestoreTest,
  SignalMeasurement,
} from '@watchkeeper/backstage-plugin-observability-common';

/** A restore is to be tried this often. */
const DUE_DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const BACKUP_METRIC = 'database.backup';

/** The last restore that somebody tried, of one database or of all that an entity has. */
export interface LastRestoreTest extends Pick<RestoreTest, 'at' | 'result'> {
  /** `null`: it stands for all databases of the entity. */
  signalId: string | null;
}

/**
 * The item of the checklist of backups that says whether restoring is tried,
 * from the last tests of an entity, the newest first. Pure.
 */
export function restoreTestItem(
  tests: readonly LastRestoreTest[],
  signalId: string,
  now: Date,
): BackupItem {
  const last = tests.find(
    test => test.signalId === null || test.signalId === signalId,
  );
  if (!last) {
    return {
      check: 'restore-test',
      passed: null,
      detail: `no restore on record; one is due every ${DUE_DAYS} days`,
    };
  }
  const ageMs = now.getTime() - Date.parse(last.at);
  const ago = describeAge(ageMs);
  if (last.result === 'failed') {
    return { check: 'restore-test', passed: false, detail: `failed ${ago}` };
  }
  return ageMs <= DUE_DAYS * DAY_MS
    ? { check: 'restore-test', passed: true, detail: `passed ${ago}` }
    : {
        check: 'restore-test',
        passed: false,
        detail: `${ago}, due every ${DUE_DAYS} days`,
      };
}

/**
 * What thresholds are held against once the item counts too: backups that all
 * passed at the vendor have failed when restoring them did. Where the vendor
 * says nothing of backups, what somebody recorded is all there is. Pure.
 */
export function measureRestoreTest(
  measurements: SignalMeasurement[],
  { passed }: BackupItem,
): SignalMeasurement[] {
  if (passed === null) {
    return measurements;
  }
  if (!measurements.some(({ metric }) => metric === BACKUP_METRIC)) {
    const value = passed ? 'passed' : 'failed';
    return [...measurements, { metric: BACKUP_METRIC, value }];
  }
  return passed
    ? measurements
    : measurements.map(measurement =>
        measurement.metric === BACKUP_METRIC && measurement.value === 'passed'
          ? { ...measurement, value: 'failed' }
          : measurement,
      );
}

/** The data of a database with the item in its checklist. Pure. */
export function withRestoreTest(
  data: DatabaseData,
  item: BackupItem,
): DatabaseData {
  const { backups } = data;
  if (!backups && item.passed === null) {
    return data;
  }
  const others = (backups?.items ?? []).filter(
    ({ check }) => check !== 'restore-test',
  );
  return { ...data, backups: { ...backups, items: [...others, item] } };
}

function describeAge(ageMs: number): string {
  const days = Math.floor(ageMs / DAY_MS);
  if (days < 1) {
    return 'today';
  }
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
