const PAGE = '/observability/on-call';

/** The page of a schedule, with the handoff note of a shift open where one is named. */
export function onCallLink(schedule: string, handoff?: string): string {
  return `${PAGE}?${new URLSearchParams({
    schedule,
    ...(handoff === undefined ? {} : { handoff }),
  })}`;
}
