import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  Incident,
  IncidentAcknowledgement,
  IncidentDetails,
  IncidentEdit,
  IncidentMerge,
  IncidentMove,
  IncidentRoleChange,
  IncidentSettings,
  IncidentUpdate,
  IncidentUpdateDraft,
  isOpenIncident,
  moveIncident,
  movesOf,
  NewTimelineEntry,
  TimelineEntry,
} from '@watchkeeper/backstage-plugin-observability-common';
import { callerRef, userRefOf } from '../oncall/callerRef';
import { OutboxMessage } from '../notifications/Outbox';
import { changeRole, peopleOf } from './changeRole';
import { editIncident } from './editIncident';
import { IncidentAccess } from './IncidentAccess';
import { IncidentAudience } from './IncidentAudience';
import {
  acknowledgedEntry,
  linkEntry,
  mergedEntry,
  movedEntry,
  roleEntry,
  updateEntry,
} from './incidentEntries';
import {
  movedMessages,
  roleMessages,
  updateMessages,
} from './incidentNotifications';
import { IncidentService } from './IncidentService';
import { IncidentSignals } from './IncidentSignals';
import { IncidentStore, NewEntry, StoredIncident } from './IncidentStore';
import { PostmortemStates } from './PostmortemStates';
import { writeTimeline } from './writeTimeline';

/** Where an answer does not hang on what somebody saw, a lost race is run again. */
const ATTEMPTS = 10;

/** What becomes of an incident, what its timeline says of it, and who is told. */
interface Outcome {
  incident: Incident;
  entries?: NewEntry[];
  messages?: (incident: Incident) => OutboxMessage[];
}

/** What people do in an incident: each step with its entry of the timeline, all of it or nothing. */
export class IncidentChanges {
  readonly #store: IncidentStore;
  readonly #incidents: IncidentService;
  readonly #access: IncidentAccess;
  readonly #audience: IncidentAudience;
  readonly #postmortems: PostmortemStates;
  readonly #signals: IncidentSignals;
  readonly #settings: IncidentSettings;
  readonly #now: () => Date;

  constructor(options: {
    store: IncidentStore;
    incidents: IncidentService;
    access: IncidentAccess;
    audience: IncidentAudience;
    postmortems: PostmortemStates;
    signals: IncidentSignals;
    settings: IncidentSettings;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#incidents = options.incidents;
    this.#access = options.access;
    this.#audience = options.audience;
    this.#postmortems = options.postmortems;
    this.#signals = options.signals;
    this.#settings = options.settings;
    this.#now = options.now ?? (() => new Date());
  }

  /** Puts facts right. */
  async edit(
    idOrNumber: string,
    edit: IncidentEdit,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const { incident } = await this.#toChange(idOrNumber, edit, credentials);
    const hidden = await this.#hiddenOf(incident, credentials);
    const added = (edit.entityRefs ?? []).filter(
      ref => !incident.entityRefs.includes(ref),
    );
    await this.#access.assertMayInvolve(added, credentials);
    const outcome = editIncident(
      incident,
      {
        ...edit,
        // Who may not see a service cannot have meant to take it away.
        ...(edit.entityRefs
          ? { entityRefs: [...edit.entityRefs, ...hidden] }
          : {}),
      },
      {
        actor: callerRef(credentials),
        now: this.#iso(),
        ...(await this.#rules(incident)),
      },
    );
    return outcome.entries.length > 0
      ? this.#write(outcome, credentials)
      : this.#incidents.get(incident.id, credentials);
  }

  /** Moves on, back or out. A gate that is not met asks for a reason. */
  async move(
    idOrNumber: string,
    move: IncidentMove,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const stored = await this.#toChange(idOrNumber, move, credentials);
    const now = this.#iso();
    const at = move.at === undefined ? now : new Date(move.at).toISOString();
    const incident = {
      ...stored.incident,
      verifiedInProduction:
        move.verifiedInProduction ?? stored.incident.verifiedInProduction,
    };
    if (at > now) {
      throw new InputError('"at": lies in the future');
    }
    if (at < incident.stateSince) {
      throw new InputError(
        `"at": it is ${incident.state} since ${incident.stateSince}, and cannot have become ${move.state} before`,
      );
    }
    const possible = movesOf(incident, {
      settings: this.#settings,
      now: at,
      postmortemPublished: await this.#postmortems.isPublished(incident.id),
    }).find(({ state }) => state === move.state);
    if (!possible) {
      throw new ConflictError(
        `An incident that is ${incident.state} cannot become ${move.state}`,
      );
    }
    const { gates, reasonNeeded } = possible;
    if (!move.reason && (gates.length > 0 || reasonNeeded)) {
      throw new InputError(
        gates.length > 0
          ? `"reason": is needed to go on all the same: ${gates
              .map(({ message }) => message)
              .join('. ')}`
          : `"reason": is needed to make it ${move.state}`,
      );
    }

    const moved = moveIncident(incident, move.state, {
      at,
      ...(await this.#rules(incident)),
    });
    const recipients = await this.#involved(moved);
    return this.#write(
      {
        // What is resolved has its postmortem from then on, under its own id.
        incident:
          move.state === 'resolved'
            ? { ...moved, postmortemId: incident.id }
            : moved,
        entries: [
          movedEntry(
            {
              from: incident.state,
              to: move.state,
              reason: move.reason,
              gates,
            },
            { actor: callerRef(credentials), at },
          ),
        ],
        messages: written => movedMessages(written, recipients),
      },
      credentials,
    );
  }

  /** Stops the clock, takes the lead where nobody has it, or joins. */
  async acknowledge(
    idOrNumber: string,
    acknowledgement: IncidentAcknowledgement,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const user = userOf(credentials);
    return this.#again(idOrNumber, credentials, async ({ incident }) => {
      const now = this.#iso();
      const at = acknowledgement.at
        ? new Date(acknowledgement.at).toISOString()
        : now;
      if (at > now || at < incident.detectedAt) {
        throw new InputError(
          `"at": must lie between the detection at ${incident.detectedAt} and now`,
        );
      }
      const author = { actor: user, at };
      const rules = await this.#rules(incident);
      const isFirst = incident.acknowledgedAt === undefined;
      const entries: NewEntry[] = [];
      let next = incident;
      if (isFirst && isOpenIncident(incident.state)) {
        entries.push(acknowledgedEntry(author));
        const isWaiting = ['detected', 'triage'].includes(incident.state);
        next = isWaiting
          ? moveIncident(incident, 'investigating', { at, ...rules })
          : { ...incident, acknowledgedAt: at };
        if (isWaiting) {
          entries.push(
            movedEntry(
              { from: incident.state, to: 'investigating', gates: [] },
              author,
            ),
          );
        }
      }
      const hasLead = next.roles.commander !== undefined;
      if (!hasLead || !peopleOf(next.roles).includes(user)) {
        const role = hasLead ? 'responder' : 'commander';
        next = { ...next, roles: changeRole(next.roles, { role, user }) };
        entries.push(roleEntry({ role, to: user }, author));
      }
      const recipients = isFirst ? await this.#involved(next) : [];
      return {
        incident: next,
        entries,
        messages: written => movedMessages(written, recipients),
      };
    });
  }

  /** Gives a role to somebody, or takes it away. */
  async changeRole(
    idOrNumber: string,
    change: IncidentRoleChange,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const actor = callerRef(credentials);
    return this.#again(idOrNumber, credentials, async ({ incident }) => {
      const author = { actor, at: this.#iso() };
      const { role, user, remove } = change;
      const from = role === 'responder' ? remove : incident.roles[role];
      const roles = changeRole(incident.roles, {
        role,
        user: user ?? undefined,
        remove,
      });
      const isSame = JSON.stringify(roles) === JSON.stringify(incident.roles);
      return {
        incident: { ...incident, roles },
        entries: isSame
          ? []
          : [roleEntry({ role, from, to: user ?? undefined }, author)],
        messages: written =>
          user && user !== actor ? roleMessages(written, role, user) : [],
      };
    });
  }

  /** Says that it is the same as another one, which goes on. */
  async merge(
    idOrNumber: string,
    merge: IncidentMerge,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const { incident } = await this.#toChange(idOrNumber, merge, credentials);
    const { incident: other } = await this.#access.toWrite(
      merge.into,
      credentials,
    );
    if (other.id === incident.id) {
      throw new InputError('"into": an incident cannot be merged into itself');
    }
    if (!isOpenIncident(incident.state) || !isOpenIncident(other.state)) {
      throw new ConflictError(
        'Only incidents that are open can be merged, into one that is open',
      );
    }
    const author = { actor: callerRef(credentials), at: this.#iso() };
    const moved = moveIncident(incident, 'cancelled', {
      at: author.at,
      ...(await this.#rules(incident)),
    });
    const recipients = await this.#involved(incident);
    return this.#write(
      {
        incident: {
          ...moved,
          mergedInto: { id: other.id, number: other.number },
        },
        entries: [mergedEntry({ role: 'into', ...other }, author)],
        messages: written => movedMessages(written, recipients),
      },
      credentials,
      async trx => {
        await writeTimeline(
          trx,
          other.id,
          [mergedEntry({ role: 'from', ...incident }, author)],
          author.at,
        );
      },
    ).finally(() => this.#signals.publish(other.id));
  }

  /** Tells people outside. */
  async publishUpdate(
    idOrNumber: string,
    update: IncidentUpdate,
    credentials: BackstageCredentials,
  ): Promise<TimelineEntry> {
    const actor = callerRef(credentials);
    let at = '';
    const { incident } = await this.#again(
      idOrNumber,
      credentials,
      async ({ incident: current }) => {
        at = this.#iso();
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
      now: this.#iso(),
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
    const now = this.#iso();
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
      now: this.#iso(),
    });
    await this.#signals.publish(incident.id);
    return { ...entry, pinned };
  }

  /** An incident as the caller saw it. */
  async #toChange(
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
  async #again(
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
        return await this.#write(outcome, credentials);
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  async #write(
    { incident, entries, messages }: Outcome,
    credentials: BackstageCredentials,
    then?: Parameters<IncidentStore['change']>[1]['then'],
  ): Promise<IncidentDetails> {
    const now = this.#iso();
    const written = await this.#store.change(incident, {
      entries,
      messages,
      then: async (trx, changed) => {
        await this.#postmortems.follow(trx, changed, now);
        await then?.(trx, changed);
      },
      now,
    });
    if (!written) {
      throw conflict(incident);
    }
    await this.#signals.publish(incident.id);
    return this.#incidents.details(written, credentials);
  }

  /** Empties the draft of what was told, unless somebody writes the next one already. */
  async #clearDraft(incidentId: string, by: string): Promise<void> {
    const { version } = await this.#store.updateDraft(incidentId);
    if (version > 0) {
      await this.#store.saveUpdateDraft(incidentId, {
        text: '',
        version,
        by,
        now: this.#iso(),
      });
    }
  }

  /** The people at work on it, and the owners of its services. */
  async #involved({ roles, entityRefs }: Incident): Promise<string[]> {
    return [...peopleOf(roles), ...(await this.#audience.owners(entityRefs))];
  }

  async #hiddenOf(
    { entityRefs }: Incident,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const visible = await this.#access.readableOf(entityRefs, credentials);
    return entityRefs.filter(ref => !visible.includes(ref));
  }

  async #rules({ entityRefs }: Incident) {
    const rows = await this.#audience.onCall(entityRefs);
    return {
      settings: this.#settings,
      timeZone: await this.#audience.timeZone(rows),
    };
  }

  #iso(): string {
    return this.#now().toISOString();
  }
}

function conflict({ number }: Incident): ConflictError {
  return new ConflictError(
    `Somebody else has changed INC-${number} since you read it; read it again`,
  );
}

function userOf(credentials: BackstageCredentials): string {
  const user = userRefOf(credentials);
  if (user === undefined) {
    throw new InputError('Only a person can acknowledge an incident');
  }
  return user;
}

function after(instant: string, seconds?: number): string | undefined {
  return seconds === undefined
    ? undefined
    : new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
