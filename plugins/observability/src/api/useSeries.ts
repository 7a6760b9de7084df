import {
  Resolution,
  Series,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useMemo } from 'react';
import { useLiveResource } from './liveResources';
import { observabilityApiRef } from './ObservabilityApi';

const MINUTE_MS = 60_000;
const STEP_MS: Record<Resolution, number> = {
  raw: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
};
/** A curve of a day or longer looks the same for a while. */
const POLL_MS = 5 * MINUTE_MS;

/** Which series a chart draws: the last so many hours until now. */
export interface SeriesWindow {
  entityRef: string;
  metric: string;
  /** Id of the signal. */
  signal: string;
  subject?: string;
  hours: number;
  resolution: Resolution;
}

/** What a chart knows at this moment. */
export type SeriesState =
  | { state: 'loading' }
  | { state: 'failed'; error: Error; nextTryAt: Date; retry(): void }
  | { state: 'loaded'; series: readonly Series[] };

/**
 * How a metric went. Charts that show the same share one reading; it stays for
 * a while after the last of them is gone, so that opening one again asks nothing.
 */
export function useSeries(window: SeriesWindow): SeriesState {
  const { entityRef, metric, signal, subject, hours, resolution } = window;
  const { resource, snapshot } = useLiveResource({
    apiRef: observabilityApiRef,
    key: `series ${JSON.stringify([
      entityRef,
      metric,
      signal,
      subject,
      hours,
      resolution,
    ])}`,
    throttleMs: POLL_MS,
    pollMs: POLL_MS,
    load(api, abort) {
      // From a whole hour or day on, so that the answer can be confirmed.
      const step = STEP_MS[resolution];
      const from = Date.now() - hours * STEP_MS.hour;
      return api.getSeries(
        entityRef,
        {
          metric,
          signal,
          subject,
          from: new Date(Math.floor(from / step) * step),
          resolution,
        },
        { signal: abort },
      );
    },
  });

  return useMemo((): SeriesState => {
    const { value, failure } = snapshot;
    if (value) {
      return { state: 'loaded', series: value };
    }
    return failure
      ? { state: 'failed', ...failure, retry: () => resource.reload() }
      : { state: 'loading' };
  }, [snapshot, resource]);
}
