import { METRICS } from '../metrics';
import { signalKindSchema } from '../model';
import { thresholdsInForce } from './thresholds';

describe('thresholdsInForce', () => {
  it('holds the defaults of the operations guide', () => {
    const all = signalKindSchema.options.flatMap(kind =>
      thresholdsInForce(kind),
    );
    expect(
      all.map(({ metric, warning, critical, forSeconds }) => [
        metric,
        warning,
        critical,
        forSeconds,
      ]),
    ).toEqual([
      ['errors.rate', 0.001, 0.01, undefined],
      ['errors.count', 10, 50, undefined],
      ['performance.p95Ms', 1000, undefined, 600],
      ['releases.newIssues', 5, undefined, undefined],
      ['releases.regression', 0.2, 0.5, undefined],
      ['uptime.state', 'degraded', 'down', undefined],
      ['uptime.certificateDays', 14, 3, undefined],
      ['database.cpu', 0.7, 0.8, 600],
      ['database.memory', 0.8, 0.9, undefined],
      ['database.disk', 0.8, 0.9, undefined],
      ['database.connections', 0.8, undefined, undefined],
      ['database.connectionCount', 100, undefined, undefined],
      ['database.slowQueryMs', 1000, undefined, undefined],
      ['database.backup', 'failed', 'missing', undefined],
    ]);
    expect(all).toHaveLength(METRICS.length);
  });

  it('changes them by the configuration, then by the annotation', () => {
    expect(
      thresholdsInForce(
        'errors',
        { 'errors.rate': { warning: 0.002, critical: 0.02, forSeconds: 60 } },
        {
          'errors.rate': { critical: 0.03 },
          'errors.count': { warning: null },
        },
      ),
    ).toEqual([
      {
        metric: 'errors.rate',
        unit: 'fraction',
        warning: 0.002,
        critical: 0.03,
        forSeconds: 60,
      },
      { metric: 'errors.count', unit: 'count', critical: 50 },
    ]);
  });

  it('has none for a metric whose levels are switched off, until a later layer sets one', () => {
    const off = { 'errors.count': { warning: null, critical: null } };
    const metrics = (...layers: Parameters<typeof thresholdsInForce>[1][]) =>
      thresholdsInForce('errors', ...layers).map(({ metric }) => metric);
    expect(metrics(off)).toEqual(['errors.rate']);
    expect(metrics(off, { 'errors.count': { warning: 3 } })).toEqual([
      'errors.rate',
      'errors.count',
    ]);
  });

  it.each([
    ['errors', 'errors.rate', { warning: 0.05 }, 0.05, 0.05],
    ['errors', 'errors.rate', { critical: 0.0005 }, 0.0005, 0.0005],
    ['uptime', 'uptime.certificateDays', { warning: 2 }, 2, 2],
    ['uptime', 'uptime.certificateDays', { critical: 20 }, 20, 20],
    [
      'uptime',
      'uptime.state',
      { critical: 'degraded' },
      'degraded',
      'degraded',
    ],
    [
      'database',
      'database.backup',
      { warning: 'missing' },
      'missing',
      'missing',
    ],
  ] as const)(
    '%s: moves the inherited level of %s along with %j',
    (kind, metric, override, warning, critical) => {
      expect(
        thresholdsInForce(kind, { [metric]: override }).find(
          threshold => threshold.metric === metric,
        ),
      ).toMatchObject({ warning, critical });
    },
  );

  it('leaves the defaults as they are for the next caller', () => {
    thresholdsInForce('errors', { 'errors.rate': { warning: 0.5 } });
    expect(thresholdsInForce('errors')[0].warning).toBe(0.001);
  });
});
