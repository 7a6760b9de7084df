import { mockServices } from '@backstage/backend-test-utils';
import { readDefaultSchedule, readThresholds } from './settings';

const config = (observability?: object) =>
  mockServices.rootConfig({ data: observability ? { observability } : {} });

const noProblem = (problem: string) => {
  throw new Error(problem);
};

describe('settings', () => {
  it('read each source every minute unless the configuration has another pace', () => {
    expect(readDefaultSchedule(config(), noProblem)).toEqual({
      frequencySeconds: 60,
      timeoutSeconds: 50,
    });
    expect(
      readDefaultSchedule(
        config({ schedule: { frequency: { minutes: 5 } } }),
        noProblem,
      ),
    ).toEqual({ frequencySeconds: 300, timeoutSeconds: 50 });
    expect(
      readDefaultSchedule(
        config({ schedule: { frequency: 'PT2M', timeout: '90s' } }),
        noProblem,
      ),
    ).toEqual({ frequencySeconds: 120, timeoutSeconds: 90 });
  });

  it('use the default for a duration that cannot be read, and tell of it', () => {
    const problems: string[] = [];
    expect(
      readDefaultSchedule(
        config({ schedule: { frequency: 'often', timeout: '20s' } }),
        problem => problems.push(problem),
      ),
    ).toEqual({ frequencySeconds: 60, timeoutSeconds: 20 });
    expect(problems).toEqual([
      expect.stringContaining('observability.schedule.frequency'),
    ]);
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
