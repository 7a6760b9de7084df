import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  deadlinesOf,
  findTimeConflicts,
  Incident,
  IncidentDetails,
  IncidentProposal,
  IncidentSettings,
  NewIncident,
  OPEN_INCIDENT_STATES,
  proposeSeverity,
} from '@watchkeeper/backstage-plugin-observability-common';
import { randomUUID } from 'node:crypto';
import { EntityFacts } from '../catalog/EntityFacts';
import { HealthFacts, ObservedEntity } from '../health/HealthFacts';
import { callerRef } from '../access/callerRef';
import { readBlastRadius } from './blastRadius';
import { IncidentAccess } from './IncidentAccess';
import { IncidentAudience } from './IncidentAudience';
import { declaredEntry, headlineEntry, roleEntry } from './incidentEntries';
import { declaredMessages } from './incidentNotifications';
import { IncidentService } from './IncidentService';
import { IncidentSignals } from './IncidentSignals';
import { IncidentStore } from './IncidentStore';
import { proposeChannel, proposeTitle } from './proposeTitle';
import { toSummary } from './toSummary';

const MAXIMUM_DUPLICATES = 10;

/** Proposes incidents from how services are, and declares them. */
export class IncidentDeclarations {
  readonly #store: IncidentStore;
  readonly #incidents: IncidentService;
  readonly #access: IncidentAccess;
  readonly #audience: IncidentAudience;
  readonly #entities: EntityFacts;
  readonly #health: HealthFacts;
  readonly #signals: IncidentSignals;
  readonly #settings: IncidentSettings;
  readonly #now: () => Date;

  constructor(options: {
    store: IncidentStore;
    incidents: IncidentService;
    access: IncidentAccess;
    audience: IncidentAudience;
    entities: EntityFacts;
    health: HealthFacts;
    signals: IncidentSignals;
    settings: IncidentSettings;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#incidents = options.incidents;
    this.#access = options.access;
    this.#audience = options.audience;
    this.#entities = options.entities;
    this.#health = options.health;
    this.#signals = options.signals;
    this.#settings = options.settings;
    this.#now = options.now ?? (() => new Date());
  }

  /** How an incident would be declared from a service as it is now. */
  async propose(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<IncidentProposal> {
    const readable = await this.#access.readable(credentials);
    await this.#access.assertMayRead(entityRef, credentials);
    const { radius, facts } = await readBlastRadius({
      entities: this.#entities,
      health: this.#health,
      entityRefs: [entityRef],
      readableOf: refs => this.#access.readableOf(refs, credentials),
    });
    const service = facts.get(entityRef) ?? unwatched(entityRef);
    const users = radius
      .filter(({ side }) => side === 'used-by')
      .map(({ entityRef: ref }) => facts.get(ref) ?? unwatched(ref));
    const { severity, reason } = proposeSeverity(service, users);
    const [onCall, open] = await Promise.all([
      this.#audience.onCall([entityRef]),
      this.#store.list({
        states: OPEN_INCIDENT_STATES,
        entityRefs: [entityRef],
        limit: MAXIMUM_DUPLICATES,
      }),
    ]);
    const title = proposeTitle(service);
    const isReadable = (ref: string) => readable === 'all' || readable.has(ref);
    return {
      title,
      severity,
      severityReason: reason,
      entityRefs: [entityRef],
      related: radius.filter(({ side }) => side !== 'here'),
      startedAt: startOf(service),
      onCall,
      channelName: proposeChannel(title, this.#now().toISOString()),
      open: open.map(({ stored }) => toSummary(stored, isReadable)),
    };
  }

  /** Declares an incident: it is in triage, and whoever has the watch is told. */
  async declare(
    declared: NewIncident,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const entityRefs = [...new Set(declared.entityRefs)];
    await this.#access.assertMayInvolve(entityRefs, credentials);
    const now = this.#now().toISOString();
    const actor = callerRef(credentials);
    const rows = await this.#audience.onCall(entityRefs);
    const timeZone = await this.#audience.timeZone(rows);
    const known = await this.#known(entityRefs);
    const draft = this.#draft(declared, {
      now,
      actor,
      entityRefs,
      severity: declared.severity ?? known.severity,
      metrics: known.metrics,
    });
    const conflicts = findTimeConflicts(draft, now);
    if (conflicts.length > 0) {
      throw new InputError(conflicts.map(({ message }) => message).join('; '));
    }

    const author = { actor, at: now };
    const { commander } = draft.roles;
    const owners = await this.#audience.owners(entityRefs);
    const onWatch =
      draft.severity === 'SEV-1'
        ? this.#audience.atAnyLevel(rows)
        : this.#audience.atLevel(rows, 0);
    const stored = await this.#store.declare(
      {
        ...draft,
        ...deadlinesOf(draft, { settings: this.#settings, timeZone }),
      },
      {
        entries: [
          declaredEntry(draft, author),
          ...(draft.headline
            ? [headlineEntry(draft.headline.text, author)]
            : []),
          ...(commander
            ? [roleEntry({ role: 'commander', to: commander }, author)]
            : []),
        ],
        messages: incident =>
          declaredMessages(incident, [
            ...onWatch,
            ...owners,
            ...(commander ? [commander] : []),
          ]),
        now,
      },
    );
    await this.#signals.publish(stored.incident.id);
    return this.#incidents.details(stored, credentials);
  }

  #draft(
    declared: NewIncident,
    known: {
      now: string;
      actor: string;
      entityRefs: string[];
      severity: Incident['severity'];
      metrics: string[];
    },
  ): Omit<Incident, 'number' | 'version'> {
    const { now, actor, entityRefs, severity, metrics } = known;
    const { commander, headline, impact = {} } = declared;
    return {
      id: randomUUID(),
      title: declared.title,
      ...(headline ? { headline: { text: headline, by: actor, at: now } } : {}),
      severity,
      severityConfirmed: declared.severity !== undefined,
      state: 'triage',
      entityRefs,
      roles: { ...(commander ? { commander } : {}), responders: [] },
      declaredBy: actor,
      metrics,
      startedAt: instant(declared.startedAt),
      detectedAt: instant(declared.detectedAt) ?? now,
      declaredAt: now,
      stateSince: now,
      reachedAt: { triage: now },
      verifiedInProduction: false,
      impact,
      channel: declared.channel ?? {
        name: proposeChannel(declared.title, now),
      },
      links: [],
    };
  }

  /** What is wrong with the services now, and the worst severity that this speaks for. */
  async #known(
    entityRefs: string[],
  ): Promise<Pick<Incident, 'severity' | 'metrics'>> {
    const { usedBy } = await this.#entities.neighbours(entityRefs);
    const facts = await this.#health.describe([...entityRefs, ...usedBy]);
    const of = (ref: string) => facts.get(ref) ?? unwatched(ref);
    const services = entityRefs.map(of);
    const [severity] = services
      .map(service => proposeSeverity(service, usedBy.map(of)).severity)
      // SEV-1 is the worst and the first.
      .sort();
    const metrics = services.flatMap(({ reasons }) =>
      reasons
        .filter(({ level }) => level !== 'unknown')
        .map(({ metric }) => metric),
    );
    return { severity, metrics: [...new Set(metrics)] };
  }
}

function unwatched(entityRef: string): ObservedEntity {
  const title = entityRef.split('/').pop() ?? entityRef;
  return { entityRef, title, status: null, reasons: [] };
}

/** When the first thing that is wrong began. */
function startOf({ reasons }: ObservedEntity): string | undefined {
  return reasons
    .filter(({ level }) => level !== 'unknown')
    .map(({ since }) => since)
    .sort()[0];
}

function instant(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(text).toISOString();
}
