import { InputError } from '@backstage/errors';
import {
  deadlinesOf,
  findTimeConflicts,
  Incident,
  IncidentEdit,
  IncidentSettings,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  factEntry,
  headlineEntry,
  linkEntry,
  servicesEntry,
  severityEntry,
} from './incidentEntries';
import { NewEntry } from './IncidentStore';

/** Times that people may put right. */
const TIMES = [
  'startedAt',
  'detectedAt',
  'acknowledgedAt',
  'mitigatedAt',
  'resolvedAt',
] as const;

/**
 * An incident with its facts put right, and what the timeline says of it. Throws
 * `InputError` where times contradict one another, naming each.
 */
export function editIncident(
  incident: Incident,
  edit: IncidentEdit,
  options: {
    actor: string;
    now: string;
    settings: IncidentSettings;
    timeZone: string;
  },
): { incident: Incident; entries: NewEntry[] } {
  const { actor, now, settings, timeZone } = options;
  const author = { actor, at: now };
  const { reason } = edit;
  const entries: NewEntry[] = [];
  const edited: Incident = { ...incident };
  const put = (field: string, from: unknown, to: unknown) => {
    if (!isSame(from, to)) {
      entries.push(factEntry({ field, from, to, reason }, author));
    }
  };

  if (edit.title !== undefined) {
    put('title', incident.title, edit.title);
    edited.title = edit.title;
  }
  if (
    edit.headline !== undefined &&
    edit.headline !== incident.headline?.text
  ) {
    entries.push(headlineEntry(edit.headline, author));
    edited.headline = { text: edit.headline, by: actor, at: now };
  }
  if (edit.severity !== undefined) {
    if (edit.severity !== incident.severity || !incident.severityConfirmed) {
      entries.push(
        severityEntry(
          { from: incident.severity, to: edit.severity, reason },
          author,
        ),
      );
    }
    edited.severity = edit.severity;
    edited.severityConfirmed = true;
  }
  if (edit.entityRefs !== undefined) {
    edited.entityRefs = [...new Set(edit.entityRefs)];
    const added = without(edited.entityRefs, incident.entityRefs);
    const removed = without(incident.entityRefs, edited.entityRefs);
    if (added.length + removed.length > 0) {
      entries.push(servicesEntry({ added, removed }, author));
    }
  }
  if (edit.impact !== undefined) {
    put('impact', incident.impact, edit.impact);
    edited.impact = edit.impact;
  }
  if (edit.links !== undefined) {
    edited.links = edit.links;
    const known = new Set(incident.links.map(({ url }) => url));
    for (const link of edit.links.filter(({ url }) => !known.has(url))) {
      entries.push(linkEntry(link, author));
    }
  }
  if (edit.channel !== undefined) {
    put('channel', incident.channel, edit.channel);
    edited.channel = edit.channel;
  }
  if (edit.verifiedInProduction !== undefined) {
    put(
      'verifiedInProduction',
      incident.verifiedInProduction,
      edit.verifiedInProduction,
    );
    edited.verifiedInProduction = edit.verifiedInProduction;
  }
  for (const field of TIMES) {
    const time = edit[field];
    if (time !== undefined) {
      const to = time === null ? undefined : new Date(time).toISOString();
      put(field, incident[field], to);
      Object.assign(edited, { [field]: to });
    }
  }

  const conflicts = findTimeConflicts(edited, now);
  if (conflicts.length > 0) {
    throw new InputError(conflicts.map(({ message }) => message).join('; '));
  }
  refuseUnreached(incident, edit);
  return {
    incident: { ...edited, ...deadlinesOf(edited, { settings, timeZone }) },
    entries,
  };
}

/** When it came to a state can be put right, not that it did: that is a move. */
function refuseUnreached(incident: Incident, edit: IncidentEdit): void {
  for (const field of [
    'acknowledgedAt',
    'mitigatedAt',
    'resolvedAt',
  ] as const) {
    if (edit[field] !== undefined && incident[field] === undefined) {
      throw new InputError(
        `"${field}": it has not come to that; move the incident on, with the time at which it did`,
      );
    }
  }
}

function without(all: readonly string[], others: readonly string[]): string[] {
  return all.filter(one => !others.includes(one));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
