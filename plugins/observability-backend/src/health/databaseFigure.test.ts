import {
  SignalMeasurement,
  SignalState,
  thresholdsInForce,
} from '@watchkeeper/backstage-plugin-observability-common';
import { at } from '../__testUtils__/inputs';
import { databaseFigure } from './databaseFigure';

function database(
  measurements: SignalMeasurement[],
  state: Partial<SignalState> = {},
) {
  return {
    measurements,
    thresholds: thresholdsInForce('database'),
    state: {
      status: 'ok' as const,
      since: at('11:00'),
      reasons: [],
      breaches: [],
      ...state,
    },
  };
}

describe('databaseFigure', () => {
  it('is the one that has gone the furthest towards its limit', () => {
    const cpu = { metric: 'database.cpu', value: 0.42 };
    const disk = { metric: 'database.disk', value: 0.72 };
    expect(
      databaseFigure([
        database([cpu, { metric: 'database.backup', value: 'passed' }]),
        database([disk, { metric: 'database.connectionCount', value: 7 }]),
      ]),
    ).toEqual({ metric: 'database.disk', value: 0.72, status: 'ok' });
  });

  it('is what fires, however far past their limits others are', () => {
    const breach = (metric: string, value: number | string) => ({
      metric,
      value,
      lastObservedAt: at('12:00'),
      firing: 'warning' as const,
    });
    expect(
      databaseFigure([
        database(
          [
            { metric: 'database.cpu', value: 0.79 },
            { metric: 'database.backup', value: 'failed' },
          ],
          {
            status: 'warning',
            breaches: [breach('database.backup', 'failed')],
          },
        ),
      ]),
    ).toEqual({
      metric: 'database.backup',
      value: 'failed',
      status: 'warning',
    });
  });

  it('is not called well while its source fails', () => {
    expect(
      databaseFigure([
        database([{ metric: 'database.cpu', value: 0.1 }], {
          status: 'unknown',
        }),
      ]),
    ).toEqual({ metric: 'database.cpu', value: 0.1, status: 'unknown' });
  });

  it('is none where nothing was measured that has a limit', () => {
    expect(databaseFigure([])).toBeUndefined();
    expect(
      databaseFigure([
        database([
          { metric: 'database.unheardOf', value: 1 },
          { metric: 'database.cpu', value: NaN },
          { metric: 'database.disk', value: 'full' },
        ]),
      ]),
    ).toBeUndefined();
  });
});
