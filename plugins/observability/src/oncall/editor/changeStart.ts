import {
  onCallNow,
  ScheduleDetails,
} from '@watchkeeper/backstage-plugin-observability-common';

/**
 * When an edit begins to hold unless another time is named: at the next handoff,
 * or with an earlier edit that is in force only after it. Never before now.
 */
export function defaultChangeStart(
  details: ScheduleDetails,
  now: number,
): string {
  const { schedule, effectiveFrom, upcoming, overrides, swaps } = details;
  const at = new Date(now).toISOString();
  const watches = onCallNow({
    versions: [
      { definition: schedule, effectiveFrom },
      ...(upcoming ? [upcoming] : []),
    ],
    overrides,
    swaps,
    at,
  });
  const [next = at] = watches
    .flatMap(({ shift, until }) => shift?.end ?? until ?? [])
    .sort();
  return upcoming && upcoming.effectiveFrom > next
    ? upcoming.effectiveFrom
    : next;
}
