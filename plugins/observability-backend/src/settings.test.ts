import { mockServices } from '@backstage/backend-test-utils';
import { readDefaultSchedule, readThresholds } from './settings';

const config = (observability?: object) =>
  mockServices.rootConfig({ data: observability ? { observability } : {} });

describe('settings', () => {
  it('read each source every minute unless the configuration has another pace', () => {
    expect(readDefaultSchedule(config())).toEqual({
      frequencySeconds: 60,
      timeoutSeconds: 50,
    });
    expect(
      readDefaultSchedule(config({ schedule: { frequency: { minutes: 5 } } })),
    ).toEqual({ frequencySeconds: 300, timeoutSeconds: 50 });
    expect(
      readDefaultSchedule(
        config({ schedule: { frequency: 'PT2M', timeout: '90s' } }),
      ),
    ).toEqual({ frequencySeconds: 120, timeoutSeconds: 90 });
  });

  it('use the thresholds that can be read, and tell of the others', () => {
    expect(readThresholds(config())).toEqual({ overrides: {}, problems: [] });
    expect(
      readThresholds(
        config({
          thresholds: {
            'errors.count': { warning: 5, for: { minutes: 1 } },
            'errors.cuont': { warning: 5 },
          },
        }),
      ),
    ).toEqual({
      overrides: { 'errors.count': { warning: 5, forSeconds: 60 } },
      problems: [expect.stringContaining('"errors.cuont" is not a metric')],
    });
  });
});
