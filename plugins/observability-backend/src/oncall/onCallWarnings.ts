import {
  expandSchedule,
  ScheduleWarning,
} from '@watchkeeper/backstage-plugin-observability-common';
import { OutboxMessage } from '../notifications/Outbox';
import { onCallLink } from './onCallLink';
import { StoredSchedule } from './OnCallStore';
import { DAY_MS, definitionAt, iso, titleOf } from './scheduleAnswers';

const AHEAD_DAYS = 30;

/** What people chose, or what the engine settles by itself: told on the page alone. */
const NOTES: ScheduleWarning['code'][] = [
  'handoff-in-gap',
  'handoff-in-overlap',
];

/**
 * What the group that owns a schedule is told of the coming 30 days. Each thing is
 * one notification, however often it is seen: a gap that runs is the same gap on
 * the next day.
 */
export function onCallWarnings(
  schedule: StoredSchedule,
  now: string,
  checks: {
    isKnownPerson: (entityRef: string) => boolean;
    isOwnerMember?: (entityRef: string) => boolean;
  },
): OutboxMessage[] {
  const definition = definitionAt(schedule, now);
  const { owner, name } = definition;
  if (owner === undefined) {
    return [];
  }
  const { warnings } = expandSchedule({
    ...schedule,
    from: now,
    to: iso(Date.parse(now) + AHEAD_DAYS * DAY_MS),
    ...checks,
  });
  return warnings
    .filter(({ code }) => !NOTES.includes(code))
    .map(warning => {
      const occurrence = occurrenceOf(warning, now);
      return {
        kind: 'on-call-warning',
        subject: name,
        occurrence,
        recipients: [owner],
        payload: {
          title: `${titleOf(definition)}: ${warning.message}`.slice(0, 300),
          ...(warning.at === undefined
            ? {}
            : { description: `From ${warning.at} on` }),
          link: onCallLink(name),
          severity: warning.code === 'gap' ? 'high' : 'normal',
          topic: 'on-call',
          scope: `on-call-warning:${name}:${occurrence}`,
        },
      };
    });
}

function occurrenceOf(warning: ScheduleWarning, now: string): string {
  const { code, level = '', layer = '', person = '', at } = warning;
  // Who has left is told once, not at each of their shifts.
  const isDated =
    code !== 'unknown-person' &&
    code !== 'left-owner-group' &&
    code !== 'two-levels';
  return [
    code,
    level,
    layer,
    person,
    isDated && at !== undefined && at > now ? at : '',
  ].join(':');
}
