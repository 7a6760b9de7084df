import { ON_CALL_CHANNEL } from '@watchkeeper/backstage-plugin-observability-common';
import { reloadResource, useLiveResource } from '../../api/liveResources';
import { TimelineWindow } from '../timeline/timelineWindow';
import { OnCallApi, onCallApiRef } from './OnCallApi';

const THROTTLE_MS = 2_000;

const NOW_KEY = 'on-call now';
const MINE_KEY = 'on-call mine';
const LIST_KEY = 'on-call schedules';

function detailsKey(name: string): string {
  return `on-call schedule ${name}`;
}

function timelineKey(name: string, { from, to }: TimelineWindow): string {
  return `on-call timeline ${from} ${to} ${name}`;
}

/** Who has the watch now. */
export function useOnCallNow() {
  return useLiveResource({
    apiRef: onCallApiRef,
    key: NOW_KEY,
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (api, signal) => api.listOnCall({ signal }),
  });
}

/** The coming shifts of the reader. */
export function useMyShifts() {
  return useLiveResource({
    apiRef: onCallApiRef,
    key: MINE_KEY,
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (api, signal) => api.listMyShifts({ signal }),
  });
}

/** All schedules. */
export function useScheduleList() {
  return useLiveResource({
    apiRef: onCallApiRef,
    key: LIST_KEY,
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (api, signal) => api.listSchedules({ signal }),
  });
}

/** One schedule with all that is coming. */
export function useScheduleDetails(name: string) {
  return useLiveResource({
    apiRef: onCallApiRef,
    key: detailsKey(name),
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (api, signal) => api.getSchedule(name, { signal }),
  });
}

/** What a window of the timeline shows. */
export function useScheduleTimeline(name: string, window: TimelineWindow) {
  return useLiveResource({
    apiRef: onCallApiRef,
    key: timelineKey(name, window),
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: (api, signal) =>
      api.getScheduleTimeline(
        name,
        { from: new Date(window.from), to: new Date(window.to) },
        { signal },
      ),
  });
}

/**
 * What is known of a stretch of a schedule, or `null` of one that is not saved
 * yet.
 */
export function useSavedShifts(
  name: string | undefined,
  stretch: { from: number; to: number },
) {
  const { from, to } = stretch;
  return useLiveResource({
    apiRef: onCallApiRef,
    key: `on-call saved ${from} ${to} ${name}`,
    channel: ON_CALL_CHANNEL,
    throttleMs: THROTTLE_MS,
    load: async (api, signal) =>
      name === undefined
        ? null
        : api.getScheduleTimeline(
            name,
            { from: new Date(from), to: new Date(to) },
            { signal },
          ),
  });
}

/** Has all that another definition of a schedule can alter read again. */
export function reloadSchedule(api: OnCallApi, name: string): void {
  for (const key of [NOW_KEY, MINE_KEY, LIST_KEY, detailsKey(name)]) {
    reloadResource(api, key);
  }
}

/** Has all that a change by hand can alter read again. */
export function reloadOnCall(
  api: OnCallApi,
  name: string,
  window: TimelineWindow,
): void {
  for (const key of [
    NOW_KEY,
    MINE_KEY,
    detailsKey(name),
    timelineKey(name, window),
  ]) {
    reloadResource(api, key);
  }
}
