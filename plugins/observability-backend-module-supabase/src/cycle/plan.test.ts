import { planParts, PlannedTarget } from './plan';
import { PartName } from './parts';
import { PartAttempt } from './state';

const NOW = new Date('2026-11-24T13:40:00Z');
const ago = (seconds: number) =>
  new Date(NOW.getTime() - seconds * 1000).toISOString();

/** A target whose parts were tried so many seconds ago. */
function target(
  key: string,
  ages: Partial<Record<PartName, number>>,
  differs: Partial<PlannedTarget> = {},
): PlannedTarget {
  const parts: Partial<Record<PartName, PartAttempt>> = Object.fromEntries(
    Object.entries(ages).map(([part, age]) => [
      part,
      { triedAt: ago(age), readAt: ago(age) },
    ]),
  );
  return {
    key,
    state: {
      version: 1,
      parts,
      metrics: {
        disk: 0.5,
        connectionsUsed: 1,
        connectionsMax: 100,
        counters: { at: ago(60) },
        compared: true,
      },
    },
    requested: false,
    hasMetrics: true,
    ...differs,
  };
}

const all: Record<PartName, number> = {
  metrics: 10,
  services: 10,
  slowQueries: 10,
  backups: 10,
  performanceAdvice: 10,
  securityAdvice: 10,
  diskUsage: 10,
  readOnly: 10,
  settings: 10,
};
const plan = (targets: PlannedTarget[], allowance = 100) =>
  Object.fromEntries(
    [...planParts(targets, { now: NOW, allowance })].map(([key, parts]) => [
      key,
      [...parts].sort(),
    ]),
  );

describe('planParts', () => {
  it.each<[string, Partial<Record<PartName, number>>, PartName[]]>([
    ['nothing when all is new', {}, []],
    [
      'what changes by the minute',
      { metrics: 60, services: 60 },
      ['metrics', 'services'],
    ],
    [
      'also when the cycle comes a little early',
      { services: 55 },
      ['services'],
    ],
    [
      'slow statements every five minutes',
      { slowQueries: 300 },
      ['slowQueries'],
    ],
    ['not every four', { slowQueries: 240 }, []],
    [
      'backups and advice each hour',
      { backups: 3600, securityAdvice: 3600, performanceAdvice: 3600 },
      ['backups', 'performanceAdvice', 'securityAdvice'],
    ],
    [
      'nothing of what the metrics tell',
      { diskUsage: 9999, readOnly: 9999, settings: 9999 },
      [],
    ],
  ])('reads %s', (_, ages, expected) => {
    expect(plan([target('a', { ...all, ...ages })])).toEqual({ a: expected });
  });

  it('asks the API for what metrics do not tell', () => {
    const keyless = { ...all, diskUsage: 300, readOnly: 300 };
    expect(plan([target('a', keyless, { hasMetrics: false })])).toEqual({
      a: ['diskUsage', 'readOnly'],
    });
    const refused = target('b', keyless);
    refused.state.parts.metrics = {
      triedAt: ago(10),
      failure: { limitation: 'not-permitted', message: 'No' },
    };
    expect(plan([refused])).toEqual({ b: ['diskUsage', 'readOnly'] });
    const unbounded = target('c', { ...all, settings: 3600 });
    delete unbounded.state.metrics?.connectionsMax;
    expect(plan([unbounded])).toEqual({ c: ['settings'] });
  });

  it('tries what failed again within ten minutes, and looks out for the backup that is due', () => {
    const failed = target('a', all);
    failed.state.parts.backups = {
      triedAt: ago(600),
      failure: { limitation: 'failed', message: 'No' },
    };
    expect(plan([failed])).toEqual({ a: ['backups'] });
    const due = target('b', { ...all, backups: 600 });
    due.state.backups = { continuous: false, lastGoodAt: ago(23.6 * 3600) };
    expect(plan([due])).toEqual({ b: ['backups'] });
  });

  it('reads everything that somebody asks for, but not what was just read', () => {
    const asked = { ...all, backups: 40, services: 31, slowQueries: 29 };
    expect(plan([target('a', asked, { requested: true })])).toEqual({
      a: ['backups', 'services'],
    });
  });

  it('reads a new target in all that thresholds hang on, or leaves it for the next cycle', () => {
    const fresh = ['a', 'b', 'c'].map(key => target(key, {}));
    const planned = plan(fresh, 8);
    expect(planned).toEqual({
      a: expect.arrayContaining([
        'backups',
        'metrics',
        'services',
        'slowQueries',
      ]),
      b: expect.arrayContaining([
        'backups',
        'metrics',
        'services',
        'slowQueries',
      ]),
    });
    // Two are left for the advisors of those.
    const requests = Object.values(planned)
      .flat()
      .filter(part => part !== 'metrics');
    expect(requests).toHaveLength(8);
  });

  it('stays within its allowance, and takes first what is longest overdue', () => {
    const late = [
      target('a', { ...all, services: 90 }),
      target('b', { ...all, slowQueries: 900 }),
      target('c', { ...all, services: 120 }),
    ];
    expect(plan(late, 2)).toEqual({
      a: [],
      b: ['slowQueries'],
      c: ['services'],
    });
    expect(plan(late, 0)).toEqual({ a: [], b: [], c: [] });
  });
});
