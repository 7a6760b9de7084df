import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../../routes';

/** Below the page of all services. */
export const UPTIME_REPORT_PATH = 'uptime-report';

/**
 * Where the monthly report of an entity's uptime is; `undefined` in a portal
 * that shows no page of all services.
 */
export function useUptimeReportHref(entityRef: string): string | undefined {
  const root = useRootPath();
  return (
    root &&
    `${root}/${UPTIME_REPORT_PATH}?${new URLSearchParams({ entityRef })}`
  );
}

function useRootPath(): string | undefined {
  try {
    return useRouteRef(rootRouteRef)().replace(/\/$/, '');
  } catch {
    // The page is not part of this portal.
    return undefined;
  }
}
