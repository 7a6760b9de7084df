import {
  findMetric,
  METRIC_STATES,
  METRICS,
  metricsOfAlert,
  normalizeAlertName,
  SERIES_UNITS,
  unitOfSeries,
} from './metrics';

describe('METRICS', () => {
  it('names each metric after its kind, once, and orders the states of those that have some', () => {
    expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length);
    for (const metric of METRICS) {
      expect(metric.id.split('.')[0]).toBe(metric.kind);
      expect(findMetric(metric.id)).toBe(metric);
      const states = METRIC_STATES[metric.id];
      expect(states !== undefined).toBe(metric.unit === 'state');
      for (const limit of [metric.warning, metric.critical]) {
        expect(
          limit === undefined ||
            states === undefined ||
            states.includes(String(limit)),
        ).toBe(true);
      }
    }
  });

  it('does not find what is not there', () => {
    expect(findMetric('errors.rates')).toBeUndefined();
    expect(findMetric('constructor')).toBeUndefined();
  });
});

describe('unitOfSeries', () => {
  it.each([
    ['database.cpu', 'fraction'],
    ['database.connectionCount', 'count'],
    ['database.cacheHit', 'fraction'],
    ['database.replicationLagSeconds', 'seconds'],
    ['database.sizeBytes', 'bytes'],
    ['uptime.responseMs', 'milliseconds'],
    ['performance.throughputPerMinute', 'per-minute'],
    ['errors.unheardOf', 'count'],
    ['constructor', 'count'],
  ])('%s is in %s', (metric, unit) => {
    expect(unitOfSeries(metric)).toBe(unit);
  });

  it('names no series that has a unit already', () => {
    for (const metric of Object.keys(SERIES_UNITS)) {
      expect(findMetric(metric)).toBeUndefined();
    }
  });
});

describe('metricsOfAlert', () => {
  it.each([
    ['SiteDown', ['uptime.state']],
    ['site down', ['uptime.state']],
    ['SITE_DOWN!', ['uptime.state']],
    ['uptime.state', ['uptime.state']],
    ['Uptime State', ['uptime.state']],
    ['errors.rate', ['errors.rate']],
    ['ErrorRate', ['errors.rate']],
    ['error-rate-spike', ['errors.count']],
    ['ＳｉｔｅＤｏｗｎ', ['uptime.state']],
    [
      'DatabaseConnectionsHigh',
      ['database.connections', 'database.connectionCount'],
    ],
    ['SignupDrop', []],
    ['Site', []],
    ['', []],
    ['…', []],
  ])('%s stands for %j', (name, ids) => {
    expect(metricsOfAlert(name).map(({ id }) => id)).toEqual(ids);
  });

  it('keeps letters of every script when names are compared', () => {
    expect(normalizeAlertName('Débit  élevé')).toBe('débitélevé');
    expect(normalizeAlertName('De\u0301bit')).toBe(normalizeAlertName('Débit'));
    expect(normalizeAlertName('サイト停止')).toBe('サイト停止');
  });
});
