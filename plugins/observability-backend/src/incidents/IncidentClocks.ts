import {
  Incident,
  IncidentSettings,
} from '@watchkeeper/backstage-plugin-observability-common';
import { IncidentAudience } from './IncidentAudience';
import { incidentMessages, nameOf } from './incidentNotifications';
import { IncidentSignals } from './IncidentSignals';
import { IncidentStore, NewEntry } from './IncidentStore';

/** A deadline that is over. */
interface Missed {
  /** With `dueAt`, it names what is told once. */
  clock: string;
  dueAt: string;
  title: string;
  recipients: string[];
  entries?: NewEntry[];
}

/**
 * Tells people of deadlines of incidents that are over: once each, also where the
 * portal was down when they were due, and from whichever replica looks first.
 */
export class IncidentClocks {
  readonly #store: IncidentStore;
  readonly #audience: IncidentAudience;
  readonly #signals: IncidentSignals;
  readonly #settings: IncidentSettings;

  constructor(options: {
    store: IncidentStore;
    audience: IncidentAudience;
    signals: IncidentSignals;
    settings: IncidentSettings;
  }) {
    this.#store = options.store;
    this.#audience = options.audience;
    this.#signals = options.signals;
    this.#settings = options.settings;
  }

  async run(now: Date, signal: AbortSignal): Promise<void> {
    const instant = now.toISOString();
    for (const { incident } of await this.#store.open()) {
      signal.throwIfAborted();
      let hasTold = false;
      for (const missed of await this.#missed(incident, instant)) {
        const { clock, dueAt, title, recipients, entries } = missed;
        const isFirst = await this.#store.remind({
          incidentId: incident.id,
          clock,
          dueAt,
          entries,
          messages: incidentMessages(incident, {
            kind: 'incident-overdue',
            occurrence: `${clock}:${dueAt}`,
            recipients,
            title,
          }),
          now: instant,
        });
        hasTold ||= isFirst;
      }
      if (hasTold) {
        await this.#signals.publish(incident.id);
      }
    }
  }

  async #missed(incident: Incident, now: string): Promise<Missed[]> {
    const { state, roles, triageDueAt, investigationDueAt } = incident;
    const isOver = (dueAt: string | undefined): dueAt is string =>
      dueAt !== undefined && dueAt < now;
    const late = {
      acknowledge:
        incident.acknowledgedAt === undefined &&
        isOver(incident.acknowledgeDueAt),
      triage: ['detected', 'triage'].includes(state) && isOver(triageDueAt),
      investigation:
        ['detected', 'triage', 'investigating'].includes(state) &&
        isOver(investigationDueAt),
      update: isOver(incident.nextUpdateDueAt),
    };
    if (!Object.values(late).includes(true)) {
      return [];
    }

    const rows = await this.#audience.onCall(incident.entityRefs);
    const leads = [roles.commander].flatMap(ref => ref ?? []);
    const inCharge = leads.length > 0 ? leads : this.#audience.atLevel(rows, 0);
    const name = nameOf(incident);
    const missed: Missed[] = [];
    if (late.acknowledge) {
      missed.push(...this.#escalations(incident, rows, now));
    }
    if (late.triage) {
      missed.push({
        clock: 'triage',
        dueAt: triageDueAt!,
        title: `${name} is still in triage: ${incident.title}`,
        recipients: inCharge,
      });
    }
    if (late.investigation) {
      missed.push({
        clock: 'investigation',
        dueAt: investigationDueAt!,
        title: `${name} has no mitigation yet: ${incident.title}`,
        recipients: inCharge,
      });
    }
    if (late.update) {
      missed.push({
        clock: 'update',
        dueAt: incident.nextUpdateDueAt!,
        title: `People outside wait for an update on ${name}: ${incident.title}`,
        recipients: roles.communications ? [roles.communications] : inCharge,
      });
    }
    return missed;
  }

  /** Each level has as long to acknowledge as the one before; then the next one is told. */
  #escalations(
    incident: Incident,
    rows: Awaited<ReturnType<IncidentAudience['onCall']>>,
    now: string,
  ): Missed[] {
    const first = incident.acknowledgeDueAt!;
    const limit = this.#settings.severities[incident.severity].acknowledge;
    const pauseMs =
      limit && 'withinSeconds' in limit
        ? limit.withinSeconds * 1000
        : undefined;
    const levels = Math.max(2, this.#audience.levelsOf(rows));
    const missed: Missed[] = [];
    for (let level = 1; level < levels; level++) {
      const dueAt = new Date(
        Date.parse(first) + (pauseMs ?? 0) * (level - 1),
      ).toISOString();
      if (dueAt >= now || (level > 1 && pauseMs === undefined)) {
        break;
      }
      const next = this.#audience.atLevel(rows, level);
      // Where there is nobody further up, those who were told first are told again.
      const recipients =
        next.length > 0 ? next : this.#audience.atAnyLevel(rows);
      missed.push({
        clock: `acknowledge-${level}`,
        dueAt,
        title: `Nobody has acknowledged ${nameOf(incident)} ${
          incident.severity
        }: ${incident.title}`,
        recipients,
        entries: [
          {
            at: now,
            kind: 'role',
            actor: 'system',
            text:
              recipients.length > 0
                ? `Not acknowledged in time: **${recipients.join(', ')}** told`
                : 'Not acknowledged in time, and nobody has the watch',
            data: { event: 'escalated', level, users: recipients, dueAt },
          },
        ],
      });
    }
    return missed;
  }
}
