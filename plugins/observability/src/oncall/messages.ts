/** What the parts about the watch say. */
export const onCallMessages = {
  loading: 'Reading who is on call',
  localTime: '{{clock}} in {{place}}',
  since: 'since {{when}}',
  until: 'until {{when}}, {{left}} left',
  next: 'Next: {{people}}, {{when}}',
  outdated: 'As of {{age}}: it cannot be read again just now.',
  empty: {
    owner: 'No schedule is named here, and {{owner}} has none.',
    noOwner: 'No schedule is named here, and there is no owner to have one.',
    lead: 'Give the owning group a schedule, or name one in {{file}}:',
    copy: 'Annotation for the schedule',
  },
} as const;
