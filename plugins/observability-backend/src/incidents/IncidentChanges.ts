import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  Incident,
  IncidentDetails,
  IncidentEdit,
  IncidentMerge,
  IncidentMove,
  IncidentSettings,
  isOpenIncident,
  moveIncident,
  movesOf,
} from '@watchkeeper/backstage-plugin-observability-common';
import { callerRef } from '../access/callerRef';
import { editIncident } from './editIncident';
import { IncidentAccess } from './IncidentAccess';
import { mergedEntry, movedEntry } from './incidentEntries';
import { movedMessages } from './incidentNotifications';
import { IncidentService } from './IncidentService';
import { IncidentSignals } from './IncidentSignals';
import { IncidentWriter } from './IncidentWriter';
import { PostmortemStates } from './PostmortemStates';
import { writeTimeline } from './writeTimeline';

/** What becomes of an incident: its facts, its state, and what it is the same as. */
export class IncidentChanges {
  readonly #incidents: IncidentService;
  readonly #access: IncidentAccess;
  readonly #postmortems: PostmortemStates;
  readonly #signals: IncidentSignals;
  readonly #settings: IncidentSettings;
  readonly #writer: IncidentWriter;

  constructor(options: {
    incidents: IncidentService;
    access: IncidentAccess;
    postmortems: PostmortemStates;
    signals: IncidentSignals;
    settings: IncidentSettings;
    writer: IncidentWriter;
  }) {
    this.#incidents = options.incidents;
    this.#access = options.access;
    this.#postmortems = options.postmortems;
    this.#signals = options.signals;
    this.#settings = options.settings;
    this.#writer = options.writer;
  }

  /** Puts facts right. */
  async edit(
    idOrNumber: string,
    edit: IncidentEdit,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const { incident } = await this.#writer.seen(idOrNumber, edit, credentials);
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
        now: this.#writer.now(),
        ...(await this.#writer.rules(incident)),
      },
    );
    return outcome.entries.length > 0
      ? this.#writer.write(outcome, credentials)
      : this.#incidents.get(incident.id, credentials);
  }

  /** Moves on, back or out. A gate that is not met asks for a reason. */
  async move(
    idOrNumber: string,
    move: IncidentMove,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const stored = await this.#writer.seen(idOrNumber, move, credentials);
    const now = this.#writer.now();
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
      ...(await this.#writer.rules(incident)),
    });
    const recipients = await this.#writer.involved(moved);
    return this.#writer.write(
      {
        incident: moved,
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

  /** Says that it is the same as another one, which goes on. */
  async merge(
    idOrNumber: string,
    merge: IncidentMerge,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const { incident } = await this.#writer.seen(
      idOrNumber,
      merge,
      credentials,
    );
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
    const author = { actor: callerRef(credentials), at: this.#writer.now() };
    const moved = moveIncident(incident, 'cancelled', {
      at: author.at,
      ...(await this.#writer.rules(incident)),
    });
    const recipients = await this.#writer.involved(incident);
    return this.#writer
      .write(
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
      )
      .finally(() => this.#signals.publish(other.id));
  }

  async #hiddenOf(
    { entityRefs }: Incident,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const visible = await this.#access.readableOf(entityRefs, credentials);
    return entityRefs.filter(ref => !visible.includes(ref));
  }
}
