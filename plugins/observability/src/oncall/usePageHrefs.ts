import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';

/** Below the page of all services. */
export const ON_CALL_PATH = 'on-call';

/** Where the parts of the plugin's page are. */
export interface PageHrefs {
  services: string;
  onCall(schedule?: string): string;
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
