import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  parseThresholdOverrides,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ProviderSchedule } from '@watchkeeper/backstage-plugin-observability-node';

const DEFAULT_SCHEDULE: ProviderSchedule = {
  frequencySeconds: 60,
  timeoutSeconds: 50,
};

/**
 * `observability.schedule`: the pace of every source that does not set its own.
 * A duration that cannot be read is told to `onProblem`, and the default counts.
 */
export function readDefaultSchedule(
  config: RootConfigService,
  onProblem: (problem: string) => void,
): ProviderSchedule {
  const read = (key: string, seconds: number) =>
    durationToMilliseconds(
      readDuration(config, {
        key: `observability.schedule.${key}`,
        fallback: { seconds },
        onProblem,
      }),
    ) / 1000;
  return {
    frequencySeconds: read('frequency', DEFAULT_SCHEDULE.frequencySeconds),
    timeoutSeconds: read('timeout', DEFAULT_SCHEDULE.timeoutSeconds),
  };
}

/** A duration of the configuration, or the fallback where there is none that can be read. */
export function readDuration(
  config: RootConfigService,
  options: {
    key: string;
    fallback: HumanDuration;
    onProblem: (problem: string) => void;
  },
): HumanDuration {
  const { key, fallback, onProblem } = options;
  if (!config.has(key)) {
    return fallback;
  }
  try {
    return readDurationFromConfig(config, { key });
  } catch (error) {
    onProblem(
      `${key} is not a duration such as { minutes: 10 }, "PT10M" or "10m"; the default is used (${
        (error as Error).message
      })`,
    );
    return fallback;
  }
}

/** `observability.thresholds`, with what is wrong there in words; the good ones count all the same. */
export function readThresholds(config: RootConfigService): {
  overrides: ThresholdOverrides;
  problems: string[];
} {
  return parseThresholdOverrides(
    config.getOptional('observability.thresholds') ?? {},
  );
}
