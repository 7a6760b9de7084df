import { freshnessOf } from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { OutboxMessage } from '../../notifications/Outbox';
import { recipientOf } from '../ownerOf';
import { IndexedRunbook } from '../RunbookIndex';

/** How many runbooks that did not help are told of. */
const WORST = 5;

const TOPIC = 'runbooks';

/**
 * What the owner of a runbook is told: that nobody has tested it for long, and
 * that a link of it is dead. Each thing is one notification, however often it is
 * seen. Pure.
 */
export function runbookReminders(
  runbook: IndexedRunbook,
  options: { now: Date; deadSince: ReadonlyMap<string, string> },
): OutboxMessage[] {
  const recipient = recipientOf(runbook.owner);
  if (recipient === undefined) {
    return [];
  }
  const messages: OutboxMessage[] = [];
  const { lastTested, facts } = runbook;
  const freshness = freshnessOf(lastTested, options.now);
  if (freshness === 'ageing' || freshness === 'stale') {
    messages.push(
      messageOf(runbook, recipient, {
        kind: 'runbook-stale',
        occurrence: `${freshness}:${lastTested}`,
        title: `${facts.title}: not tested for ${
          freshness === 'stale' ? '180' : '90'
        } days`,
        description:
          'Follow it once and say that it worked, or set lastTested in the file.',
        severity: freshness === 'stale' ? 'normal' : 'low',
      }),
    );
  }
  for (const link of runbook.deadLinks) {
    messages.push(
      messageOf(runbook, recipient, {
        kind: 'runbook-dead-link',
        occurrence: `${link.slice(0, 300)}:${options.deadSince.get(link)}`,
        title: `${facts.title}: a link is dead`,
        description: link.slice(0, 500),
        severity: 'normal',
      }),
    );
  }
  return messages;
}

/** The runbooks that helped least, told to their owners once a week. Pure. */
export function worstRunbooks(
  runbooks: Iterable<IndexedRunbook>,
  now: Date,
): OutboxMessage[] {
  return [...runbooks]
    .filter(({ figures }) => (figures?.didNotHelp ?? 0) > 0)
    .sort(
      (one, other) =>
        other.figures!.didNotHelp - one.figures!.didNotHelp ||
        one.figures!.worked - other.figures!.worked ||
        (one.id < other.id ? -1 : 1),
    )
    .slice(0, WORST)
    .flatMap(runbook => {
      const recipient = recipientOf(runbook.owner);
      const { didNotHelp = 0, runs = 0 } = runbook.figures ?? {};
      return recipient === undefined
        ? []
        : [
            messageOf(runbook, recipient, {
              kind: 'runbook-did-not-help',
              occurrence: weekOf(now),
              title: `${runbook.facts.title}: did not help in ${didNotHelp} of ${runs} runs`,
              description:
                'It is among the five runbooks that helped least lately.',
              severity: 'normal',
            }),
          ];
    });
}

function messageOf(
  runbook: IndexedRunbook,
  recipient: string,
  message: {
    kind: string;
    occurrence: string;
    title: string;
    description: string;
    severity: OutboxMessage['payload']['severity'];
  },
): OutboxMessage {
  const { kind, occurrence, title, description, severity } = message;
  return {
    kind,
    subject: runbook.id,
    occurrence,
    recipients: [recipient],
    payload: {
      title: title.slice(0, 300),
      description,
      link: `/observability/runbooks/${encodeURIComponent(runbook.id)}`,
      severity,
      topic: TOPIC,
      scope: `${kind}:${runbook.id}:${occurrence}`,
    },
  };
}

/** The Monday of the week, in UTC. */
function weekOf(now: Date): string {
  const day = new Date(now);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
