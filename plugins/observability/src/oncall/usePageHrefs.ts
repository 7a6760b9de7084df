import { useRouteRef } from '@backstage/core-plugin-api';
import { generatePath } from 'react-router-dom';
import { rootRouteRef } from '../routes';

/** Below the page of all services. */
export const ON_CALL_PATH = 'on-call';
/** Below the page of all services; the key of the shift is part of it. */
export const SHIFT_PATH = `${ON_CALL_PATH}/shifts/:key`;
/** Below the page of all services. */
export const NEW_SCHEDULE_PATH = `${ON_CALL_PATH}/schedules/new`;
/** Below the page of all services; the name of the schedule is part of it. */
export const EDIT_SCHEDULE_PATH = `${ON_CALL_PATH}/schedules/:name/edit`;

/** Where the parts of the plugin's page are. */
export interface PageHrefs {
  services: string;
  onCall(schedule?: string): string;
  /** The checklist and the handoff note of a shift. */
  shift(key: string): string;
  newSchedule: string;
  /** Where a schedule is edited, or seen as it is written. */
  editSchedule(schedule: string): string;
}

/** `undefined` in a portal that does not show the plugin's page. */
export function usePageHrefs(): PageHrefs | undefined {
  const root = useRootPath();
  return root === undefined
    ? undefined
    : {
        services: root || '/',
        onCall: schedule =>
          schedule
            ? `${root}/${ON_CALL_PATH}?${new URLSearchParams({ schedule })}`
            : `${root}/${ON_CALL_PATH}`,
        shift: key =>
          `${root}/${ON_CALL_PATH}/shifts/${encodeURIComponent(key)}`,
        newSchedule: `${root}/${NEW_SCHEDULE_PATH}`,
        editSchedule: schedule =>
          `${root}/${generatePath(EDIT_SCHEDULE_PATH, { name: schedule })}`,
      };
}

function useRootPath(): string | undefined {
  try {
    return useRouteRef(rootRouteRef)().replace(/\/$/, '');
  } catch {
    // The page is not part of this portal.
    return undefined;
  }
}
