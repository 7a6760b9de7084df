import { RootConfigService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';
import { readDuration } from '../settings';

const LEAST_REFRESH_MS = 60_000;

/** What the configuration says of runbooks. */
export interface RunbookSettings {
  locations: string[];
  refreshMs: number;
}

/** `observability.runbooks`. What cannot be used of it is told to `onProblem` and left out. */
export function readRunbookSettings(
  config: RootConfigService,
  onProblem: (problem: string) => void,
): RunbookSettings {
  const key = 'observability.runbooks.locations';
  const locations: string[] = [];
  for (const location of [config.getOptional(key) ?? []].flat()) {
    if (typeof location === 'string' && isLocation(location)) {
      locations.push(location);
    } else {
      onProblem(
        `${key}: ${JSON.stringify(location)?.slice(
          0,
          200,
        )} is neither a web address nor "file:" with a path`,
      );
    }
  }
  const refreshMs = durationToMilliseconds(
    readDuration(config, {
      key: 'observability.runbooks.refresh',
      fallback: { minutes: 10 },
      onProblem,
    }),
  );
  return {
    locations: [...new Set(locations)],
    refreshMs: Math.max(refreshMs, LEAST_REFRESH_MS),
  };
}

function isLocation(location: string): boolean {
  return (
    /^file:./.test(location) ||
    (/^https?:\/\//.test(location) && URL.canParse(location))
  );
}
