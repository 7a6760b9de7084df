import {
  Incident,
  IncidentGate,
  IncidentRole,
  IncidentState,
  Severity,
} from '@watchkeeper/backstage-plugin-observability-common';
import { NewEntry } from './IncidentStore';

/*
 * What is written on timelines, in one place: an English sentence for agents,
 * exports and search, and the data that it is made of, so that pages can say it
 * in the language of the reader.
 */

/** Who did it, and when it happened. */
interface Author {
  actor: string;
  at: string;
}

/** The states as people say them. */
const STATE_NAMES: Record<IncidentState, string> = {
  detected: 'Detected',
  triage: 'Triage',
  investigating: 'Investigating',
  mitigating: 'Mitigating',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
  closed: 'Closed',
  cancelled: 'Cancelled',
};

const ROLE_NAMES: Record<IncidentRole, string> = {
  commander: 'commander',
  scribe: 'scribe',
  communications: 'communications',
  responder: 'responder',
};

export function declaredEntry(
  incident: Omit<Incident, 'number' | 'version'>,
  author: Author,
): NewEntry {
  return {
    ...author,
    kind: 'state',
    text: `Declared as **${incident.severity}**: ${inline(incident.title)}`,
    data: {
      event: 'declared',
      to: incident.state,
      severity: incident.severity,
      severityConfirmed: incident.severityConfirmed,
      entityRefs: incident.entityRefs,
    },
  };
}

export function movedEntry(
  move: {
    from: IncidentState;
    to: IncidentState;
    reason?: string;
    /** Those that were passed without being met. */
    gates: IncidentGate[];
  },
  author: Author,
): NewEntry {
  const { from, to, reason, gates } = move;
  return {
    ...author,
    kind: 'state',
    text: [
      `${STATE_NAMES[from]} to **${STATE_NAMES[to]}**`,
      ...gates.map(({ message }) => message),
      ...(reason ? [`Reason: ${inline(reason)}`] : []),
    ].join('. '),
    data: { event: 'moved', from, to, reason, gates },
  };
}

export function severityEntry(
  change: { from: Severity; to: Severity; reason?: string },
  author: Author,
): NewEntry {
  const { from, to, reason } = change;
  const text =
    from === to ? `**${to}** confirmed` : `Severity from ${from} to **${to}**`;
  return {
    ...author,
    kind: 'severity',
    text: reason ? `${text}. Reason: ${inline(reason)}` : text,
    data: { from, to, reason },
  };
}

export function roleEntry(
  change: { role: IncidentRole; from?: string; to?: string },
  author: Author,
): NewEntry {
  const { role, from, to } = change;
  let text = `**${to}** is ${ROLE_NAMES[role]}`;
  if (to === undefined) {
    text = `**${from}** is no longer ${ROLE_NAMES[role]}`;
  } else if (from !== undefined) {
    text = `**${to}** is ${ROLE_NAMES[role]}, after ${from}`;
  }
  return { ...author, kind: 'role', text, data: { role, from, to } };
}

export function acknowledgedEntry(author: Author): NewEntry {
  return {
    ...author,
    kind: 'role',
    text: `**${author.actor}** acknowledged`,
    data: { event: 'acknowledged', user: author.actor },
  };
}

export function headlineEntry(text: string, author: Author): NewEntry {
  return {
    ...author,
    kind: 'note',
    text: `State of things: ${text}`,
    data: { event: 'headline', text },
  };
}

/** A fact that was put right. */
export function factEntry(
  change: { field: string; from: unknown; to: unknown; reason?: string },
  author: Author,
): NewEntry {
  const { field, from, to, reason } = change;
  const was = from === undefined ? 'unknown' : show(from);
  const is = to === undefined ? 'unknown' : show(to);
  return {
    ...author,
    kind: 'correction',
    text: `${field}: **${is}**, not ${was}${
      reason ? `. Reason: ${inline(reason)}` : ''
    }`,
    data: { event: 'fact', field, from, to, reason },
  };
}

export function servicesEntry(
  change: { added: string[]; removed: string[] },
  author: Author,
): NewEntry {
  const { added, removed } = change;
  return {
    ...author,
    kind: 'note',
    text: [
      ...(added.length > 0 ? [`Involved: **${added.join(', ')}**`] : []),
      ...(removed.length > 0 ? [`Not involved: ${removed.join(', ')}`] : []),
    ].join('. '),
    data: { event: 'services', added, removed },
  };
}

export function linkEntry(
  link: { title: string; url: string },
  author: Author,
): NewEntry {
  return {
    ...author,
    kind: 'link',
    text: inline(link.title),
    data: { event: 'link', ...link },
  };
}

export function updateEntry(text: string, author: Author): NewEntry {
  return { ...author, kind: 'update', text, data: { event: 'update' } };
}

/** On the timeline of the one that goes on, and on that of its duplicate. */
export function mergedEntry(
  merge: { role: 'into' | 'from'; number: number; id: string },
  author: Author,
): NewEntry {
  const { role, number, id } = merge;
  return {
    ...author,
    kind: 'link',
    text:
      role === 'into'
        ? `The same as **INC-${number}**, which goes on`
        : `**INC-${number}** is the same and goes on here`,
    data: { event: 'merged', role, number, id },
  };
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Text of people in a sentence of ours: one line of it. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
