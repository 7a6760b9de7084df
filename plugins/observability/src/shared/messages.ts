/** What parts shared by several pages say. */
export const sharedMessages = {
  status: {
    ok: 'OK',
    warning: 'Warning',
    critical: 'Critical',
    unknown: 'Unknown',
    none: 'Not configured',
  },
  time: {
    seconds: '{{value}}\u00a0s',
    minutes: '{{value}}\u00a0min',
    hours: '{{value}}\u00a0h',
    days_one: '{{count}}\u00a0day',
    days_other: '{{count}}\u00a0days',
    ago: '{{duration}}\u00a0ago',
    agoRange: '{{from}} to {{to}} ago',
    ahead: 'in {{duration}}',
    now: 'now',
  },
  unit: {
    perMinute: '{{value}}\u00a0/min',
    milliseconds: '{{value}}\u00a0ms',
    days_one: '{{count}}\u00a0day',
    days_other: '{{count}}\u00a0days',
    hours_one: '{{count}}\u00a0hour',
    hours_other: '{{count}}\u00a0hours',
  },
  uptime: {
    label: '{{name}}, {{days}} days: {{summary}}',
    today: 'today',
    allUp: 'no outage',
    nothing: 'nothing measured yet',
    downOn: 'down {{day}} {{duration}}',
    downDays_one: '{{count}} day with an outage',
    downDays_other: '{{count}} days with an outage',
    moreDown_one: '{{count}} more day with an outage',
    moreDown_other: '{{count}} more days with an outage',
    degradedDays_one: '{{count}} day degraded',
    degradedDays_other: '{{count}} days degraded',
    maintenanceDays_one: '{{count}} day of maintenance',
    maintenanceDays_other: '{{count}} days of maintenance',
    unknownToday: 'today unknown',
    unknownDays_one: '{{count}} day unknown',
    unknownDays_other: '{{count}} days unknown',
    missingDays_one: '{{count}} day without data',
    missingDays_other: '{{count}} days without data',
    level: {
      up: 'up',
      degraded: 'degraded',
      down: 'down',
      maintenance: 'maintenance',
      unknown: 'unknown',
      none: 'no data',
    },
    part: {
      down: 'down for {{duration}}',
      degraded: 'degraded for {{duration}}',
      maintenance: 'maintenance for {{duration}}',
      paused: 'paused for {{duration}}',
      unknown: 'unknown for {{duration}}',
    },
    uptime: 'uptime {{uptime}}',
    outage: 'outage {{clock}}, {{duration}}',
    moreOutages_one: '{{count}} more outage',
    moreOutages_other: '{{count}} more outages',
    table: 'Days of {{name}} that were not up throughout',
    day: 'Day (UTC)',
    state: 'State',
    details: 'Details',
  },
  link: {
    newTab: 'opens in a new tab',
  },
  copy: {
    action: 'Copy',
    done: 'Copied',
    failed: 'Could not copy',
  },
  frame: {
    never: 'not read yet',
    instance: 'instance {{name}}',
    problemSince: '{{title}} since {{clock}}, {{duration}}.',
    lastKnown: 'What you see below was read at {{clock}}.',
    nothingYet: 'It has not been read before, so there is nothing to show.',
    nextTry: 'Next try {{when}}.',
    nextTryNow: 'The next try is due.',
    tryNow: 'Try now',
    outdated:
      'Not read since {{clock}}, {{duration}}: what you see below may have changed.',
    pending: 'First data within 1 min.',
  },
  problem: {
    unauthorized: {
      title: '{{source}} refused the token',
      action:
        'Make a new token in {{source}} and set it in the configuration of the portal, instance {{instance}}.',
    },
    forbidden: {
      title: '{{source}} does not let the token read this',
      action:
        'Give the token of the instance {{instance}} the read scopes that the source needs, or have an administrator of {{source}} do it.',
    },
    notFound: {
      title: '{{source}} does not know {{target}}',
      action:
        'Correct the annotation that names it, or give the token access to it: it may have been renamed, deleted or kept from this token.',
    },
    rateLimited: {
      title: '{{source}} asks for fewer requests',
      action:
        'Nothing to do now: it is read again as soon as {{source}} allows it. If this comes often, read it less often.',
    },
    unavailable: {
      title: '{{source}} does not answer',
      action:
        'See whether {{source}} reports an outage, and whether the portal can reach it. It is tried again by itself.',
    },
    timeout: {
      title: '{{source}} takes too long to answer',
      action:
        'See whether {{source}} reports slowness, and whether the portal can reach it. It is tried again by itself.',
    },
    malformed: {
      title: '{{source}} answers with something that cannot be read',
      action:
        'Check that the base URL of the instance {{instance}} leads to the API of {{source}}, not to a sign-in page or a proxy.',
    },
    misconfigured: {
      title: 'The configuration for {{source}} cannot be used',
      action: 'Correct what the message names; it is read again by itself.',
    },
  },
} as const;
