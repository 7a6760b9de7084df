import {
  CalendarFeed,
  DEFAULT_CHECKLIST,
  HandoffNote,
  ShiftChecklist,
  ShiftInQuestion,
} from '@watchkeeper/backstage-plugin-observability-common';
import { production, READER } from './production';

/** The shift of the reader in the guide's rotation. */
export const shift: ShiftInQuestion = {
  key: 'crm-primary:Primary:Weekly:2026-10-19T09%3A00:0',
  schedule: production.name,
  title: 'VisionCRM production',
  level: 'Primary',
  start: '2026-10-19T07:00:00.000Z',
  end: '2026-10-26T08:00:00.000Z',
  people: [{ entityRef: READER, displayName: 'Robin Test' }],
};

/** Its checklist: the first item is done, the last is worded by the portal. */
export const checklist: ShiftChecklist = {
  shift,
  items: [
    ...DEFAULT_CHECKLIST.map((item, index) => ({
      ...item,
      done: index === 0,
      ...(index === 0 && {
        changedBy: READER,
        changedAt: '2026-10-19T06:30:00.000Z',
      }),
    })),
    {
      id: 'water-plants',
      phase: 'after',
      text: 'Water the plants of the war room',
      done: false,
    },
  ],
  mayEdit: true,
};

/** Its handoff note, which nobody has saved yet. */
export const note: HandoffNote = {
  shift,
  next: {
    key: 'next',
    start: '2026-10-26T08:00:00.000Z',
    end: '2026-10-28T08:00:00.000Z',
    people: [
      { entityRef: 'user:default/engineer-b', displayName: 'Engineer B' },
    ],
  },
  version: 0,
  text: [
    '## Not well',
    '',
    '- **visioncrm-api**: error rate of 4.1 %',
    '- see [the dashboard](https://status.example/api), not [this](javascript:alert(1))',
    '',
    '<img src=x onerror=alert(1)>![pixel](https://tracker.example/p.png)',
  ].join('\n'),
  facts: [
    {
      id: 'unhealthy',
      title: 'Services that are not well',
      items: [
        {
          text: 'error rate of 4.1 %',
          entityRef: 'component:default/visioncrm-api',
          title: 'visioncrm-api',
          status: 'critical',
        },
      ],
      count: 1,
    },
    { id: 'swaps', title: 'Open swaps', items: [], count: 0 },
  ],
  signatures: [],
  isFrozen: false,
  mayEdit: true,
  maySign: ['leaving'],
};

/** A link for the reader's phone, in use. */
export const feed: CalendarFeed = {
  id: 'feed-1',
  label: 'Phone',
  owner: READER,
  createdAt: '2026-09-01T08:00:00.000Z',
  lastUsedOn: '2026-10-20',
};
