import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { ProviderSchedule } from '../Provider';

/** The product's default gives a cycle of one minute 50 seconds. */
const DEFAULT_TIMEOUT_FRACTION = 5 / 6;

/**
 * Reads an instance's own pace, `{ frequency, timeout }`, from its `schedule`.
 * Without one the default of the product holds.
 *
 * Other than a scheduled task, a source has no cron expression: how old its
 * data may become follows from its frequency.
 *
 * @public
 */
export function readSchedule(
  config: Config,
  key: string = 'schedule',
): ProviderSchedule | undefined {
  const schedule = config.getOptionalConfig(key);
  if (!schedule) return undefined;
  const frequencySeconds = readSeconds(schedule, key, 'frequency');
  const timeoutSeconds = schedule.has('timeout')
    ? readSeconds(schedule, key, 'timeout')
    : frequencySeconds * DEFAULT_TIMEOUT_FRACTION;
  return { frequencySeconds, timeoutSeconds };
}

function readSeconds(schedule: Config, key: string, name: string): number {
  let seconds: number;
  try {
    seconds =
      durationToMilliseconds(readDurationFromConfig(schedule, { key: name })) /
      1000;
  } catch {
    throw new InputError(
      `'${key}.${name}' is not a duration; expected one such as { minutes: 1 } or '1 minute'`,
    );
  }
  if (!(seconds > 0)) {
    throw new InputError(`'${key}.${name}' is ${seconds} s; expected more`);
  }
  return seconds;
}
