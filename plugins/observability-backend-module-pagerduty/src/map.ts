import {
  ExternalSchedule,
  layWatches,
} from '@watchkeeper/backstage-plugin-observability-node';
import { OnCallEntry, PagerDutyUser } from './api/schemas';
import { KnownPolicy, KnownServices } from './services';

/** What a level is called: escalation policies only number theirs. */
export function levelName(level: number): string {
  return `Level ${level}`;
}

/** The name that PagerDuty gives a person. */
export function nameOf({ name, summary, id }: PagerDutyUser): string {
  return name ?? summary ?? id;
}

/** Escalation policies as schedules, with everybody on call at every level. Pure. */
export function toSchedules(
  known: KnownServices,
  entries: readonly OnCallEntry[],
): ExternalSchedule[] {
  const byPolicy = new Map<string, OnCallEntry[]>();
  for (const entry of entries) {
    const { id } = entry.escalation_policy;
    byPolicy.set(id, [...(byPolicy.get(id) ?? []), entry]);
  }
  return known.policies.map(policy =>
    toSchedule(
      policy,
      byPolicy.get(policy.id) ?? [],
      servicesOf(policy, known),
    ),
  );
}

function toSchedule(
  policy: KnownPolicy,
  entries: readonly OnCallEntry[],
  services: string[],
): ExternalSchedule {
  const count = Math.max(
    policy.levels,
    ...entries.map(entry => entry.escalation_level),
  );
  const first = [...entries]
    .sort((a, b) => a.escalation_level - b.escalation_level)
    .find(({ schedule }) => schedule?.time_zone);
  return {
    id: policy.id,
    title: policy.title,
    ...(policy.url === undefined ? {} : { url: policy.url }),
    timeZone: first?.schedule?.time_zone ?? 'UTC',
    levels: Array.from({ length: count }, (_, index) => levelName(index + 1)),
    services,
    shifts: layWatches(
      entries.map(
        ({ user, schedule, escalation_level: level, start, end }) => ({
          level: levelName(level),
          ...(start ? { start } : {}),
          ...(end ? { end } : {}),
          person: {
            id: user.id,
            name: nameOf(user),
            ...(user.email === undefined ? {} : { email: user.email }),
          },
          ...(schedule?.summary ? { layer: schedule.summary } : {}),
        }),
      ),
    ),
  };
}

function servicesOf(policy: KnownPolicy, known: KnownServices): string[] {
  return Object.entries(known.services).flatMap(([id, service]) =>
    service?.policyId === policy.id ? [id] : [],
  );
}
