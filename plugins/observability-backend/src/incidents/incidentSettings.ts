import { RootConfigService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  AcknowledgeLimit,
  DEFAULT_INCIDENT_SETTINGS,
  IncidentSettings,
  Severity,
  SeveritySettings,
  severitySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { readDuration } from '../settings';

const ROOT = 'observability.incidents';
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * `observability.incidents`. What cannot be used is told to `onProblem`, and the
 * default counts; a clock of the defaults is taken away by `false`.
 */
export function readIncidentSettings(
  config: RootConfigService,
  onProblem: (problem: string) => void,
): IncidentSettings {
  const seconds = (key: string, fallback: number) =>
    durationToMilliseconds(
      readDuration(config, {
        key,
        fallback: { seconds: fallback } as HumanDuration,
        onProblem,
      }),
    ) / 1000;
  const optionalSeconds = (key: string, fallback: number | undefined) => {
    if (config.getOptional(key) === false) {
      return undefined;
    }
    return config.has(key) ? seconds(key, fallback ?? 0) || fallback : fallback;
  };

  const defaults = DEFAULT_INCIDENT_SETTINGS;
  const dueWithin = (fallback: number | undefined) =>
    fallback === undefined
      ? undefined
      : optionalSeconds('observability.postmortems.dueWithin', fallback);
  return {
    severities: Object.fromEntries(
      severitySchema.options.map(severity => {
        const key = `${ROOT}.severities.${severity}`;
        const known: SeveritySettings = defaults.severities[severity];
        return [
          severity,
          {
            acknowledge: readAcknowledge(config, key, known, onProblem),
            updateEverySeconds: optionalSeconds(
              `${key}.updateEvery`,
              known.updateEverySeconds,
            ),
            postmortemWithinSeconds: optionalSeconds(
              `${key}.postmortemWithin`,
              dueWithin(known.postmortemWithinSeconds),
            ),
          },
        ];
      }),
    ) as Record<Severity, SeveritySettings>,
    triageWithinSeconds: seconds(
      `${ROOT}.triageWithin`,
      defaults.triageWithinSeconds,
    ),
    investigationWithinSeconds: seconds(
      `${ROOT}.investigationWithin`,
      defaults.investigationWithinSeconds,
    ),
    monitoringSeconds: seconds(
      `${ROOT}.monitoringPeriod`,
      defaults.monitoringSeconds,
    ),
  };
}

function readAcknowledge(
  config: RootConfigService,
  key: string,
  { acknowledge }: SeveritySettings,
  onProblem: (problem: string) => void,
): AcknowledgeLimit | undefined {
  const within = `${key}.acknowledgeWithin`;
  const nextDay = `${key}.acknowledgeNextBusinessDayAt`;
  if (config.getOptional(within) === false) {
    return undefined;
  }
  if (config.has(within)) {
    const ms = durationToMilliseconds(
      readDuration(config, { key: within, fallback: {}, onProblem }),
    );
    return ms > 0 ? { withinSeconds: ms / 1000 } : acknowledge;
  }
  if (config.has(nextDay)) {
    const time = config.getOptional(nextDay);
    if (typeof time === 'string' && TIME_OF_DAY.test(time)) {
      return { nextBusinessDayAt: time };
    }
    onProblem(
      `${nextDay} is not a time of day such as "10:00"; the default is used`,
    );
  }
  return acknowledge;
}
