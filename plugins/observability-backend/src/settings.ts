import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import {
  parseThresholdOverrides,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ProviderSchedule } from '@watchkeeper/backstage-plugin-observability-node';

const DEFAULT_SCHEDULE: ProviderSchedule = {
  frequencySeconds: 60,
  timeoutSeconds: 50,
};

/** `observability.schedule`: the pace of every source that does not set its own. */
export function readDefaultSchedule(
  config: RootConfigService,
): ProviderSchedule {
  const schedule = config.getOptionalConfig('observability.schedule');
  return {
    frequencySeconds:
      readSeconds(schedule, 'frequency') ?? DEFAULT_SCHEDULE.frequencySeconds,
    timeoutSeconds:
      readSeconds(schedule, 'timeout') ?? DEFAULT_SCHEDULE.timeoutSeconds,
  };
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

function readSeconds(
  config: Config | undefined,
  key: string,
): number | undefined {
  return config?.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key })) / 1000
    : undefined;
}
