import { Incident } from '@watchkeeper/backstage-plugin-observability-common';
import { OutboxMessage } from '../notifications/Outbox';

const TOPIC = 'incident';

const URGENCY = {
  'SEV-1': 'critical',
  'SEV-2': 'high',
  'SEV-3': 'normal',
  'SEV-4': 'low',
} as const;

/** What a person is told of an incident; one kind and occurrence is one message. */
interface Content {
  kind: string;
  /** Which time. */
  occurrence: string;
  recipients: readonly string[];
  title: string;
  description?: string;
  severity?: OutboxMessage['payload']['severity'];
}

/** People say `INC-42`. */
export function nameOf({ number }: Pick<Incident, 'number'>): string {
  return `INC-${number}`;
}

/**
 * A message about an incident. All that is told of one replaces what was told
 * before: a person has one row for each incident, which says how it stands.
 */
export function incidentMessages(
  incident: Incident,
  content: Content,
): OutboxMessage[] {
  const recipients = [...new Set(content.recipients)];
  if (recipients.length === 0) {
    return [];
  }
  const { kind, occurrence, title, description, severity } = content;
  return [
    {
      kind,
      subject: incident.id,
      occurrence,
      recipients,
      payload: {
        title,
        description,
        link: `/observability/incidents/${incident.number}`,
        severity: severity ?? URGENCY[incident.severity],
        topic: TOPIC,
        scope: `incident:${incident.id}`,
      },
    },
  ];
}

export function declaredMessages(
  incident: Incident,
  recipients: readonly string[],
): OutboxMessage[] {
  return incidentMessages(incident, {
    kind: 'incident-declared',
    occurrence: 'declared',
    recipients,
    title: `${nameOf(incident)} ${incident.severity}: ${incident.title}`,
    description: incident.acknowledgeDueAt
      ? `Nobody is on it yet. To be acknowledged by ${incident.acknowledgeDueAt}.`
      : undefined,
  });
}

/** To the people at work on it and to the owners: how it stands now. */
export function movedMessages(
  incident: Incident,
  recipients: readonly string[],
): OutboxMessage[] {
  const isOver = ['resolved', 'closed', 'cancelled'].includes(incident.state);
  return incidentMessages(incident, {
    kind: 'incident-moved',
    occurrence: `${incident.state}:${incident.stateSince}`,
    recipients,
    title: `${nameOf(incident)} is ${incident.state}: ${incident.title}`,
    severity: isOver ? 'normal' : undefined,
  });
}

export function roleMessages(
  incident: Incident,
  role: string,
  user: string,
): OutboxMessage[] {
  return incidentMessages(incident, {
    kind: 'incident-role',
    occurrence: `${role}:${user}:${incident.version}`,
    recipients: [user],
    title: `You are ${role} of ${nameOf(incident)}: ${incident.title}`,
  });
}

/** To the owners of the services and of those that use them. */
export function updateMessages(
  incident: Incident,
  update: { text: string; at: string },
  recipients: readonly string[],
): OutboxMessage[] {
  return incidentMessages(incident, {
    kind: 'incident-update',
    occurrence: update.at,
    recipients,
    title: `Update on ${nameOf(incident)}: ${incident.title}`,
    description: update.text,
  });
}
