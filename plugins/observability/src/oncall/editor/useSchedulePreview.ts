import { useApi } from '@backstage/core-plugin-api';
import {
  SchedulePreview,
  SchedulePreviewRequest,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useEffect, useState } from 'react';
import { onCallApiRef } from '../api/OnCallApi';

/** After the last edit; who types on wants no answer yet. */
const EDIT_PAUSE_MS = 300;

/** What is known of the latest definition that could be worked out. */
export interface PreviewState {
  answer?: SchedulePreview;
  /** What the answer is an answer to. */
  request?: SchedulePreviewRequest;
  answeredAt?: Date;
  /** Why what is asked now has no answer. */
  failure?: Error;
  /** The answer to what is asked now is on its way. */
  isWaiting: boolean;
}

/**
 * Works a definition out a moment after the last edit. The old answer stays
 * until the new one is there, or in its place where there is none.
 */
export function useSchedulePreview(
  request: SchedulePreviewRequest | undefined,
): PreviewState & { retry(): void } {
  const api = useApi(onCallApiRef);
  const [state, setState] = useState<PreviewState>({ isWaiting: false });
  const [attempt, setAttempt] = useState(0);
  const key = request && JSON.stringify(request);

  useEffect(() => {
    if (key === undefined) {
      setState(known => ({ ...known, failure: undefined, isWaiting: false }));
      return undefined;
    }
    const asked: SchedulePreviewRequest = JSON.parse(key);
    const abort = new AbortController();
    setState(known => ({ ...known, isWaiting: true }));
    const timer = setTimeout(async () => {
      try {
        const answer = await api.previewSchedule(asked, {
          signal: abort.signal,
        });
        if (!abort.signal.aborted) {
          setState({
            answer,
            request: asked,
            answeredAt: new Date(),
            isWaiting: false,
          });
        }
      } catch (error) {
        if (!abort.signal.aborted) {
          setState(known => ({
            ...known,
            failure: error instanceof Error ? error : new Error(String(error)),
            isWaiting: false,
          }));
        }
      }
    }, EDIT_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, key, attempt]);

  return { ...state, retry: () => setAttempt(count => count + 1) };
}
