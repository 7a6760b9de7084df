import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  Incident,
  incidentReadPermission,
  incidentWritePermission,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { IncidentStore, StoredIncident } from './IncidentStore';

/**
 * Who may see and change an incident: whoever may read one of its services. The
 * services that a caller may not read are left out of what the caller sees.
 */
export class IncidentAccess {
  readonly #store: Pick<IncidentStore, 'get'>;
  readonly #access: EntityAccess;

  constructor(options: {
    store: Pick<IncidentStore, 'get'>;
    access: EntityAccess;
  }) {
    this.#store = options.store;
    this.#access = options.access;
  }

  /** Whether the caller may read an entity. Throws without the permission to see incidents. */
  async readable(
    credentials: BackstageCredentials,
  ): Promise<'all' | ReadonlySet<string>> {
    await this.#access.assertPermission(credentials, incidentReadPermission);
    return this.#access.readable(credentials);
  }

  /** For parts of an answer that are left out where the caller may not see incidents. */
  async isAllowedToRead(credentials: BackstageCredentials): Promise<boolean> {
    return this.#access.isAllowed(credentials, incidentReadPermission);
  }

  /** An incident that the caller may see. */
  async toRead(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<StoredIncident> {
    await this.#access.assertPermission(credentials, incidentReadPermission);
    return this.#visible(idOrNumber, credentials);
  }

  /** An incident that the caller may work on. */
  async toWrite(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<StoredIncident> {
    await this.#access.assertPermission(credentials, incidentWritePermission);
    return this.#visible(idOrNumber, credentials);
  }

  /** Throws unless the caller may read a service. */
  async assertMayRead(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#access.assertReadable(credentials, entityRef, false);
  }

  /** Throws unless the caller may declare an incident of these services. */
  async assertMayInvolve(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#access.assertPermission(credentials, incidentWritePermission);
    for (const entityRef of entityRefs) {
      await this.#access.assertReadable(credentials, entityRef, false);
    }
  }

  /** Those of some entities that the caller may read. */
  async readableOf(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const readable = await this.#access.readableOf(credentials, [
      ...entityRefs,
    ]);
    return entityRefs.filter(ref => readable.has(ref));
  }

  /** An incident as the caller may see it. */
  async shown(
    incident: Incident,
    credentials: BackstageCredentials,
  ): Promise<Incident> {
    return {
      ...incident,
      entityRefs: await this.readableOf(incident.entityRefs, credentials),
    };
  }

  async #visible(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<StoredIncident> {
    const stored = await this.#store.get(idOrNumber);
    const refs = stored?.incident.entityRefs ?? [];
    const visible = await this.readableOf(refs, credentials);
    if (!stored || visible.length === 0) {
      throw new NotFoundError(
        `There is no incident "${idOrNumber}" that you may read`,
      );
    }
    return stored;
  }
}
