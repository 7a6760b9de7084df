import {
  expandSchedule,
  onCallNow,
  OnCallNow,
  Override,
  Schedule,
  ScheduleDetails,
  ScheduleTimeline,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';

/** The reader of tests. */
export const READER = 'user:default/guest';

/** The guide's rotation: three engineers by week, the CTO as backup, who leaves. */
export const production: Schedule = {
  name: 'crm-primary',
  title: 'VisionCRM production',
  owner: 'group:default/crm',
  timeZone: 'Europe/Paris',
  levels: [
    {
      name: 'Primary',
      layers: [
        {
          name: 'Weekly',
          members: [
            READER,
            'user:default/engineer-b',
            'user:default/engineer-c',
          ],
          rotation: { unit: 'week', length: 1, start: '2026-10-19T09:00' },
        },
      ],
    },
    {
      name: 'Backup',
      layers: [
        {
          members: ['user:default/cto'],
          rotation: { unit: 'week', length: 1, start: '2026-10-19T09:00' },
          until: '2026-11-02T08:00:00.000Z',
        },
      ],
    },
  ],
};

export const examDay: Override = {
  id: 'override-1',
  start: '2026-10-28T08:00:00.000Z',
  end: '2026-10-29T08:00:00.000Z',
  level: 'Primary',
  add: 'user:default/cto',
  remove: 'user:default/engineer-b',
  reason: 'Exam day',
  createdBy: 'user:default/engineer-b',
  createdAt: '2026-10-14T09:20:00.000Z',
};

export const openSwap: Swap = {
  id: 'swap-1',
  schedule: 'crm-primary',
  level: 'Primary',
  start: '2026-10-31T08:00:00.000Z',
  end: '2026-11-01T08:00:00.000Z',
  from: 'user:default/engineer-b',
  state: 'open',
  createdAt: '2026-10-20T09:20:00.000Z',
};

const PEOPLE: OnCallNow['people'] = [
  { entityRef: READER, displayName: 'Robin Test' },
  {
    entityRef: 'user:default/engineer-b',
    displayName: 'Engineer B',
    timeZone: 'America/Montreal',
  },
  { entityRef: 'user:default/engineer-c', displayName: 'Engineer C' },
  { entityRef: 'user:default/cto', displayName: 'Chief Officer' },
];

function personOf(entityRef: string): OnCallNow['people'][number] {
  return (
    PEOPLE.find(person => person.entityRef === entityRef) ?? {
      entityRef,
      displayName: entityRef,
    }
  );
}

/** Who has the watch in the schedule at an instant. */
export function productionNow(at: number): OnCallNow[] {
  return onCallNow({
    schedule: production,
    overrides: [examDay],
    at: new Date(at).toISOString(),
  }).map(({ level, people, since = '', until = '', next }) => ({
    schedule: production.name,
    title: 'VisionCRM production',
    level,
    people: people.map(personOf),
    since,
    until,
    ...(next && { next: { people: next.people.map(personOf), at: next.at } }),
    source: { provider: 'watchkeeper' },
  }));
}

/** What the back end says of a stretch of the schedule. */
export function productionTimeline(from: Date, to: Date): ScheduleTimeline {
  return {
    ...expandSchedule({
      schedule: production,
      overrides: [examDay],
      swaps: [openSwap],
      from: from.toISOString(),
      to: to.toISOString(),
    }),
    people: PEOPLE,
    overrides: [examDay],
    swaps: [openSwap],
  };
}

/** What the back end says of the schedule. */
export function productionDetails(now: number): ScheduleDetails {
  const DAY_MS = 86_400_000;
  const { warnings } = productionTimeline(
    new Date(now),
    new Date(now + 30 * DAY_MS),
  );
  return {
    schedule: production,
    version: 1,
    effectiveFrom: '2026-10-01T00:00:00.000Z',
    origin: { type: 'file', location: 'on-call/crm.yaml' },
    readOnly: true,
    people: PEOPLE,
    overrides: [examDay],
    swaps: [openSwap],
    warnings,
    problems: [],
  };
}
