import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  Incident,
  IncidentDetails,
  IncidentSettings,
} from '@watchkeeper/backstage-plugin-observability-common';
import { OutboxMessage } from '../notifications/Outbox';
import { peopleOf } from './changeRole';
import { IncidentAccess } from './IncidentAccess';
import { IncidentAudience } from './IncidentAudience';
import { IncidentService } from './IncidentService';
import { IncidentSignals } from './IncidentSignals';
import {
  Consequences,
  IncidentStore,
  NewEntry,
  StoredIncident,
} from './IncidentStore';

/** Where an answer does not hang on what somebody saw, a lost race is run again. */
const ATTEMPTS = 10;

/** What becomes of an incident, what its timeline says of it, and who is told. */
export interface Outcome {
  incident: Incident;
  entries?: NewEntry[];
  messages?: (incident: Incident) => OutboxMessage[];
}

/**
 * How incidents are changed: by who may, with the entries of the timeline and the
 * messages that belong to the change, all of it or nothing; then pages are told.
 */
export class IncidentWriter {
  readonly #store: IncidentStore;
  readonly #incidents: IncidentService;
  readonly #access: IncidentAccess;
  readonly #audience: IncidentAudience;
  readonly #signals: IncidentSignals;
  readonly #settings: IncidentSettings;
  readonly #now: () => Date;

  constructor(options: {
    store: IncidentStore;
    incidents: IncidentService;
    access: IncidentAccess;
    audience: IncidentAudience;
    signals: IncidentSignals;
    settings: IncidentSettings;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#incidents = options.incidents;
    this.#access = options.access;
    this.#audience = options.audience;
    this.#signals = options.signals;
    this.#settings = options.settings;
    this.#now = options.now ?? (() => new Date());
  }

  now(): string {
    return this.#now().toISOString();
  }

  /** An incident as the caller saw it. */
  async seen(
    idOrNumber: string,
    { version }: { version: number },
    credentials: BackstageCredentials,
  ): Promise<StoredIncident> {
    const stored = await this.#access.toWrite(idOrNumber, credentials);
    if (stored.incident.version !== version) {
      throw conflict(stored.incident);
    }
    return stored;
  }

  /** Changes an incident by what it is when it is changed. */
  async change(
    idOrNumber: string,
    credentials: BackstageCredentials,
    decide: (stored: StoredIncident) => Promise<Outcome>,
  ): Promise<IncidentDetails> {
    for (let attempt = 1; ; attempt++) {
      const stored = await this.#access.toWrite(idOrNumber, credentials);
      const outcome = await decide(stored);
      if (outcome.entries?.length === 0) {
        return this.#incidents.details(stored, credentials);
      }
      try {
        return await this.write(outcome, credentials);
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  /** Writes an outcome. Throws `ConflictError` where somebody else was faster. */
  async write(
    { incident, entries, messages }: Outcome,
    credentials: BackstageCredentials,
    then?: Consequences['then'],
  ): Promise<IncidentDetails> {
    const written = await this.#store.change(incident, {
      entries,
      messages,
      then,
      now: this.now(),
    });
    if (!written) {
      throw conflict(incident);
    }
    await this.#signals.publish(incident.id);
    return this.#incidents.details(written, credentials);
  }

  /** The people at work on it, and the owners of its services. */
  async involved({ roles, entityRefs }: Incident): Promise<string[]> {
    return [...peopleOf(roles), ...(await this.#audience.owners(entityRefs))];
  }

  /** What its times are worked out by. */
  async rules({ entityRefs }: Incident) {
    const rows = await this.#audience.onCall(entityRefs);
    return {
      settings: this.#settings,
      timeZone: await this.#audience.timeZone(rows),
    };
  }
}

function conflict({ number }: Incident): ConflictError {
  return new ConflictError(
    `Somebody else has changed INC-${number} since you read it; read it again`,
  );
}
