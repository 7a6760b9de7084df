import { incidentOf } from './__testUtils__/incident';
import { proposeSeverity } from './proposeSeverity';
import { statisticsOf, summarizeIncidents } from './summarizeIncidents';

describe('how long incidents take', () => {
  it('measures from the start of the impact, and from the detection where nobody knows it', () => {
    const rows = summarizeIncidents([
      incidentOf({ mitigatedAt: '2026-11-22T13:53:00.000Z' }),
      incidentOf({
        startedAt: undefined,
        mitigatedAt: '2026-11-22T13:43:00.000Z',
      }),
      incidentOf({
        state: 'cancelled',
        mitigatedAt: '2026-11-23T13:43:00.000Z',
      }),
    ]);
    expect(rows.find(({ severity }) => severity === 'SEV-2')).toEqual({
      severity: 'SEV-2',
      incidents: 2,
      withoutStart: 1,
      detect: { count: 1, medianSeconds: 60, p90Seconds: 60 },
      acknowledge: { count: 0, medianSeconds: null, p90Seconds: null },
      mitigate: { count: 2, medianSeconds: 600, p90Seconds: 1260 },
      resolve: { count: 0, medianSeconds: null, p90Seconds: null },
    });
    expect(rows.map(({ incidents }) => incidents)).toEqual([0, 2, 0, 0, 2]);
  });

  it('takes a median and a 90th percentile that were measured', () => {
    expect(statisticsOf([5, 1, 4, 2, 3, 6, 7, 8, 9, 10])).toEqual({
      count: 10,
      medianSeconds: 5,
      p90Seconds: 9,
    });
  });
});

describe('the severity to begin with', () => {
  const service = (
    status: 'ok' | 'warning' | 'critical' | 'unknown' | null,
    metric = 'errors.rate',
  ) => ({
    entityRef: 'component:default/crm-api',
    status,
    reasons:
      status === 'critical' ? [{ metric, level: 'critical' as const }] : [],
  });

  it.each([
    ['down', service('critical', 'uptime.state'), [], 'SEV-1'],
    ['critical', service('critical'), [service('warning')], 'SEV-2'],
    [
      'critical like its users',
      service('critical'),
      [service('critical')],
      'SEV-1',
    ],
    ['warned of', service('warning'), [], 'SEV-3'],
    ['well as far as is known', service('ok'), [], 'SEV-2'],
    ['not watched', service(null), [], 'SEV-2'],
  ] as const)('of a service that is %s', (_, own, users, severity) => {
    expect(proposeSeverity(own, users).severity).toBe(severity);
  });
});
