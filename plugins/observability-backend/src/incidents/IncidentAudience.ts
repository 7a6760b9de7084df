import { AuthService } from '@backstage/backend-plugin-api';
import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { EntityFacts } from '../catalog/EntityFacts';
import { HealthFacts } from '../health/HealthFacts';
import { OnCallService } from '../oncall/OnCallService';

/** Where no schedule says which clocks count. */
const DEFAULT_TIME_ZONE = 'UTC';

/** Finds whom to tell of an incident: who has the watch, who owns, who uses what is involved. */
export class IncidentAudience {
  readonly #auth: AuthService;
  readonly #onCall: Pick<OnCallService, 'ofEntities' | 'schedules'>;
  readonly #entities: EntityFacts;
  readonly #health: HealthFacts;

  constructor(options: {
    auth: AuthService;
    onCall: Pick<OnCallService, 'ofEntities' | 'schedules'>;
    entities: EntityFacts;
    health: HealthFacts;
  }) {
    this.#auth = options.auth;
    this.#onCall = options.onCall;
    this.#entities = options.entities;
    this.#health = options.health;
  }

  /** Who has the watch over services, a row for each level of each schedule, in the order of escalation. */
  async onCall(entityRefs: readonly string[]): Promise<OnCallNow[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const answers = await this.#onCall.ofEntities(entityRefs, credentials);
    const rows = new Map<string, OnCallNow>();
    for (const entityRef of entityRefs) {
      for (const row of answers.get(entityRef)?.onCall ?? []) {
        rows.set(JSON.stringify([row.schedule, row.level]), row);
      }
    }
    return [...rows.values()];
  }

  /** Users of the catalog who have the watch at a level, counted from 0. */
  atLevel(rows: readonly OnCallNow[], level: number): string[] {
    const seen = new Map<string, number>();
    const people = new Set<string>();
    for (const { schedule, people: onWatch } of rows) {
      const index = seen.get(schedule) ?? 0;
      seen.set(schedule, index + 1);
      if (index === level) {
        for (const { entityRef } of onWatch) {
          people.add(entityRef);
        }
      }
    }
    return onlyUsers(people);
  }

  /** Everybody who has the watch at any level. */
  atAnyLevel(rows: readonly OnCallNow[]): string[] {
    return onlyUsers(
      new Set(rows.flatMap(({ people }) => people.map(one => one.entityRef))),
    );
  }

  /** How many levels there are to go through. */
  levelsOf(rows: readonly OnCallNow[]): number {
    const counts = new Map<string, number>();
    for (const { schedule } of rows) {
      counts.set(schedule, (counts.get(schedule) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  }

  /** The zone whose business days count. */
  async timeZone(rows: readonly OnCallNow[]): Promise<string> {
    if (rows.length === 0) {
      return DEFAULT_TIME_ZONE;
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    const { items } = await this.#onCall.schedules(credentials);
    return (
      items.find(({ name }) => name === rows[0].schedule)?.timeZone ??
      DEFAULT_TIME_ZONE
    );
  }

  /** The owners of entities. */
  async owners(entityRefs: readonly string[]): Promise<string[]> {
    const facts = await this.#health.describe(entityRefs);
    return [
      ...new Set([...facts.values()].flatMap(({ ownerRef }) => ownerRef ?? [])),
    ];
  }

  /** The owners of entities and of those that use them. */
  async ownersAndUsers(entityRefs: readonly string[]): Promise<string[]> {
    const { usedBy } = await this.#entities.neighbours(entityRefs);
    return this.owners([...entityRefs, ...usedBy]);
  }
}

/** Whom only another master knows cannot be told by the portal. */
function onlyUsers(refs: ReadonlySet<string>): string[] {
  return [...refs].filter(ref => ref.startsWith('user:'));
}
