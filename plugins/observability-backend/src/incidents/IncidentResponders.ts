import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  IncidentAcknowledgement,
  IncidentDetails,
  IncidentRoleChange,
  isOpenIncident,
  moveIncident,
} from '@watchkeeper/backstage-plugin-observability-common';
import { callerRef, userRefOf } from '../access/callerRef';
import { changeRole, peopleOf } from './changeRole';
import { acknowledgedEntry, movedEntry, roleEntry } from './incidentEntries';
import { movedMessages, roleMessages } from './incidentNotifications';
import { NewEntry } from './IncidentStore';
import { IncidentWriter } from './IncidentWriter';

/** Who is on an incident, and what each does. */
export class IncidentResponders {
  readonly #writer: IncidentWriter;

  constructor(options: { writer: IncidentWriter }) {
    this.#writer = options.writer;
  }

  /** Stops the clock, takes the lead where nobody has it, or joins. */
  async acknowledge(
    idOrNumber: string,
    acknowledgement: IncidentAcknowledgement,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const user = userOf(credentials);
    return this.#writer.change(
      idOrNumber,
      credentials,
      async ({ incident }) => {
        const now = this.#writer.now();
        const at = acknowledgement.at
          ? new Date(acknowledgement.at).toISOString()
          : now;
        if (at > now || at < incident.detectedAt) {
          throw new InputError(
            `"at": must lie between the detection at ${incident.detectedAt} and now`,
          );
        }
        const author = { actor: user, at };
        const rules = await this.#writer.rules(incident);
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
        const recipients = isFirst ? await this.#writer.involved(next) : [];
        return {
          incident: next,
          entries,
          messages: written => movedMessages(written, recipients),
        };
      },
    );
  }

  /** Gives a role to somebody, or takes it away. */
  async changeRole(
    idOrNumber: string,
    change: IncidentRoleChange,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const actor = callerRef(credentials);
    return this.#writer.change(
      idOrNumber,
      credentials,
      async ({ incident }) => {
        const author = { actor, at: this.#writer.now() };
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
      },
    );
  }
}

function userOf(credentials: BackstageCredentials): string {
  const user = userRefOf(credentials);
  if (user === undefined) {
    throw new InputError('Only a person can acknowledge an incident');
  }
  return user;
}
