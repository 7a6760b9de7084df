import fc from 'fast-check';
import { METRIC_STATES, METRICS } from '../metrics';
import {
  describeReason,
  describeRecovery,
  ReasonDescription,
} from './describeReason';

/** With ordinary spaces, to be read. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

const reason = (
  metric: string,
  value: number | string,
  threshold: number | string,
  more: Partial<ReasonDescription> = {},
) =>
  plain(
    describeReason({ metric, value, threshold, level: 'warning', ...more }),
  );

describe('describeReason', () => {
  it('says value, unit and limit of every metric', () => {
    const release = { id: '2', name: '2026.11.22-2' };
    const site = { id: '7', name: 'crm-api-health' };
    expect([
      reason('errors.rate', 0.0184, 0.01),
      reason('errors.count', 63, 50),
      reason('performance.p95Ms', 1420, 1000, {
        forSeconds: 600,
        lastedSeconds: 785,
      }),
      reason('releases.newIssues', 7, 5, { subject: release }),
      reason('releases.regression', 2.12, 0.5, { subject: release }),
      reason('uptime.state', 'down', 'down', {
        subject: site,
        level: 'critical',
      }),
      reason('uptime.state', 'down', 'degraded', { subject: site }),
      reason('uptime.certificateDays', 12, 14, { subject: site }),
      reason('uptime.certificateDays', -1, 3),
      reason('database.cpu', 0.74, 0.7, { forSeconds: 600 }),
      reason('database.memory', 0.91, 0.8),
      reason('database.disk', 0.83, 0.8),
      reason('database.connections', 0.84, 0.8),
      reason('database.connectionCount', 120, 100),
      reason('database.slowQueryMs', 2340, 1000),
      reason('database.backup', 'failed', 'failed'),
      reason('database.backup', 'missing', 'missing', { level: 'critical' }),
    ]).toEqual([
      'Error rate 1.84 %, limit 1 %',
      '63 errors in 5 min, limit 50',
      'p95 1 420 ms for 13 min, limit 1 000 ms for 10 min',
      'Release 2026.11.22-2: 7 new issues in its first hour, limit 5',
      'Release 2026.11.22-2: +212 % errors against the release before, limit +50 %',
      'crm-api-health: down; down is critical',
      'crm-api-health: down; degraded or worse is a warning',
      'crm-api-health: certificate expires in 12 days, limit 14 days',
      'Certificate expired 1 day ago, limit 3 days',
      'CPU 74 %, limit 70 % for 10 min',
      'Memory 91 %, limit 80 %',
      'Disk 83 % full, limit 80 %',
      '84 % of all connections in use, limit 80 %',
      '120 connections in use, limit 100',
      'Slowest query 2 340 ms on average, limit 1 000 ms',
      'A check of the backups failed; failed or worse is a warning',
      'No recent backup; missing is critical',
    ]);
  });

  it('has words of its own for every metric and state', () => {
    for (const { id, unit } of METRICS) {
      for (const value of unit === 'state' ? METRIC_STATES[id] : [1]) {
        expect(reason(id, value, value)).not.toContain(id);
        expect(
          describeRecovery({ metric: id, value, because: 'measured' }),
        ).not.toContain(id);
      }
    }
  });

  it('never makes a value past its limit read like the limit', () => {
    expect(reason('errors.rate', 0.0100001, 0.01)).toBe(
      'Error rate 1.00001 %, limit 1 %',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...METRICS.filter(({ unit }) => unit !== 'state')),
        fc.integer({ min: 1, max: 7 }),
        (metric, digits) => {
          const limit = metric.warning as number;
          const value =
            limit + (metric.direction === 'above' ? 1 : -1) * 10 ** -digits;
          const text = describeReason({
            metric: metric.id,
            value,
            threshold: limit,
            level: 'warning',
          });
          const [before, after] = text.split(', limit ');
          const [shownLimit] = after.split('\u00a0');
          expect(before.split(/[ \u00a0]/)).not.toContain(shownLimit);
        },
      ),
      { seed: 20261122 },
    );
  });

  it('keeps a name from outside to one short line', () => {
    const name = `a\n\u202e<b>\t${'c'.repeat(500)}`;
    const text = reason('uptime.state', 'down', 'down', {
      subject: { id: '1', name },
    });
    expect(text.startsWith('a <b> ccc')).toBe(true);
    expect(text.length).toBeLessThan(200);
  });

  it('has something to say of a metric that it does not know', () => {
    expect(reason('queue.length', 12, 10)).toBe('Queue.length 12, limit 10');
  });
});

describe('describeRecovery', () => {
  it('says why it ended', () => {
    const recovery = { metric: 'errors.rate', value: 0.0005 };
    expect(
      (['measured', 'unmeasured', 'edited'] as const).map(because =>
        plain(describeRecovery({ ...recovery, because })),
      ),
    ).toEqual([
      'Error rate 0.05 %, within the limits again',
      'Error rate 0.05 %, no longer measured',
      'Error rate 0.05 %, the limits were changed',
    ]);
  });
});
