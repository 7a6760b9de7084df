import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  IncidentSettings,
  IncidentUpdate,
  IncidentUpdateDraft,
  isOpenIncident,
  NewTimelineEntry,
  TimelineEntry,
} from '@watchkeeper/backstage-plugin-observability-common';
import { callerRef } from '../access/callerRef';
import { IncidentAccess } from './IncidentAccess';
import { IncidentAudience } from './IncidentAudience';
import { linkEntry, updateEntry } from './incidentEntries';
import { updateMessages } from './incidentNotifications';
import { IncidentSignals } from './IncidentSignals';
import { IncidentStore } from './IncidentStore';
import { IncidentWriter } from './IncidentWriter';

/** What people write in an incident: for those at work on it, and for those outside. */
export class IncidentMessages {
  readonly #store: IncidentStore;
  readonly #access: IncidentAccess;
  readonly #audience: IncidentAudience;
  readonly #signals: IncidentSignals;
  readonly #settings: IncidentSettings;
  readonly #writer: IncidentWriter;

  constructor(options: {
    store: IncidentStore;
    access: IncidentAccess;
    audience: IncidentAudience;
    signals: IncidentSignals;
    settings: IncidentSettings;
    writer: IncidentWriter;
  }) {
    this.#store = options.store;
    this.#access = options.access;
    this.#audience = options.audience;
    this.#signals = options.signals;
    this.#settings = options.settings;
    this.#writer = options.writer;
  }

  /** Tells people outside. */
  async publishUpdate(
    idOrNumber: string,
    update: IncidentUpdate,
    credentials: BackstageCredentials,
  ): Promise<TimelineEntry> {
    const actor = callerRef(credentials);
    let at = '';
    const { incident } = await this.#writer.change(
      idOrNumber,
      credentials,
      async ({ incident: current }) => {
        at = this.#writer.now();
        const recipients = await this.#audience.ownersAndUsers(
          current.entityRefs,
        );
        const told = { ...current, lastUpdateAt: at };
        const { severities } = this.#settings;
        const every = severities[current.severity].updateEverySeconds;
        const next = update.nextUpdateAt ?? after(at, every);
        return {
          incident: {
            ...told,
            nextUpdateDueAt: isOpenIncident(current.state) ? next : undefined,
          },
          entries: [updateEntry(update.text, { actor, at })],
          messages: written =>
            updateMessages(written, { text: update.text, at }, recipients),
        };
      },
    );
    await this.#clearDraft(incident.id, actor);
    const [entry] = await this.#store.timeline({
      incidentId: incident.id,
      kinds: ['update'],
      limit: 1,
    });
    return entry;
  }

  /** The update that is being written; all who work on the incident share it. */
  async updateDraft(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<IncidentUpdateDraft> {
    const { incident } = await this.#access.toRead(idOrNumber, credentials);
    return this.#store.updateDraft(incident.id);
  }

  async saveUpdateDraft(
    idOrNumber: string,
    draft: { text: string; version: number },
    credentials: BackstageCredentials,
  ): Promise<IncidentUpdateDraft> {
    const { incident } = await this.#access.toWrite(idOrNumber, credentials);
    const saved = await this.#store.saveUpdateDraft(incident.id, {
      ...draft,
      by: callerRef(credentials),
      now: this.#writer.now(),
    });
    if (!saved) {
      throw new ConflictError(
        'Somebody else has saved this draft since; read it again',
      );
    }
    await this.#signals.publish(incident.id);
    return saved;
  }

  /** Writes something down. */
  async addEntry(
    idOrNumber: string,
    entry: NewTimelineEntry,
    credentials: BackstageCredentials,
  ): Promise<TimelineEntry> {
    const { incident } = await this.#access.toWrite(idOrNumber, credentials);
    const now = this.#writer.now();
    const at = entry.at === undefined ? now : new Date(entry.at).toISOString();
    if (at > now) {
      throw new InputError('"at": lies in the future');
    }
    if (
      entry.corrects !== undefined &&
      !(await this.#store.entry(incident.id, entry.corrects))
    ) {
      throw new InputError(
        `"corrects": this incident has no entry "${entry.corrects}"`,
      );
    }
    if (entry.kind === 'correction' && entry.corrects === undefined) {
      throw new InputError('"corrects": name the entry that it puts right');
    }
    if (entry.kind === 'link' && entry.url === undefined) {
      throw new InputError('"url": name the page');
    }
    const author = { actor: callerRef(credentials), at };
    const { kind, text, corrects, pinned, url } = entry;
    const [written] = await this.#store.append(
      incident.id,
      [
        {
          ...(url === undefined
            ? { ...author, kind, text }
            : linkEntry({ title: text, url }, author)),
          corrects,
          pinned,
        },
      ],
      { now },
    );
    await this.#signals.publish(incident.id);
    return written;
  }

  /** Pins an entry, or lets it go. */
  async pin(
    idOrNumber: string,
    pin: { entryId: string; pinned: boolean },
    credentials: BackstageCredentials,
  ): Promise<TimelineEntry> {
    const { incident } = await this.#access.toWrite(idOrNumber, credentials);
    const { entryId, pinned } = pin;
    const entry = await this.#store.entry(incident.id, entryId);
    if (!entry) {
      throw new NotFoundError(
        `INC-${incident.number} has no entry "${entryId}"`,
      );
    }
    await this.#store.pin({
      incidentId: incident.id,
      entryId,
      pinned,
      by: callerRef(credentials),
      now: this.#writer.now(),
    });
    await this.#signals.publish(incident.id);
    return { ...entry, pinned };
  }

  /** Empties the draft of what was told, unless somebody writes the next one already. */
  async #clearDraft(incidentId: string, by: string): Promise<void> {
    const { version } = await this.#store.updateDraft(incidentId);
    if (version > 0) {
      await this.#store.saveUpdateDraft(incidentId, {
        text: '',
        version,
        by,
        now: this.#writer.now(),
      });
    }
  }
}

function after(instant: string, seconds?: number): string | undefined {
  return seconds === undefined
    ? undefined
    : new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
