import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  healthReadPermission,
  healthRefreshPermission,
  NewRestoreTest,
  RestoreTest,
  RestoreTestList,
  signalId,
} from '@watchkeeper/backstage-plugin-observability-common';
import { randomUUID } from 'node:crypto';
import { EntityAccess } from '../access/EntityAccess';
import { HealthEvaluator } from '../health/HealthEvaluator';
import { HealthService } from '../health/HealthService';
import {
  decodeRestoreTestCursor,
  encodeRestoreTestCursor,
} from './restoreTestCursor';
import { RestoreTestStore } from './RestoreTestStore';

const DAY_MS = 24 * 3_600_000;
/** Restores that are on record are kept this long, so older ones cannot be recorded. */
export const RESTORE_TESTS_DAYS = 400;
/** The clock of a person's machine may be ahead of ours by this much. */
const AHEAD_MS = 5 * 60_000;

/** Keeps the record of restores that people tried, each within what the caller may see. */
export class RestoreTestService {
  readonly #store: RestoreTestStore;
  readonly #health: Pick<HealthService, 'signalsOf'>;
  readonly #evaluator: Pick<HealthEvaluator, 'evaluateAgain' | 'onChanged'>;
  readonly #access: EntityAccess;
  readonly #now: () => Date;

  constructor(options: {
    store: RestoreTestStore;
    health: Pick<HealthService, 'signalsOf'>;
    evaluator: Pick<HealthEvaluator, 'evaluateAgain' | 'onChanged'>;
    access: EntityAccess;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#health = options.health;
    this.#evaluator = options.evaluator;
    this.#access = options.access;
    this.#now = options.now ?? (() => new Date());
  }

  /** Puts a restore on record; the health of the entity follows in the same transaction. */
  async record(
    entityRef: string,
    restore: NewRestoreTest,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<RestoreTest> {
    await this.#access.assertPermission(credentials, healthRefreshPermission);
    const databases = await this.#databasesOf(entityRef, credentials);
    if (databases.length === 0) {
      throw new InputError(
        `${entityRef} has no database that is watched, so no restore of it can be recorded`,
      );
    }
    if (restore.signal !== undefined && !databases.includes(restore.signal)) {
      throw new InputError(
        `"signal": ${entityRef} has no such database; it has ${databases.join(
          ', ',
        )}`,
      );
    }
    const now = this.#now();
    const test: RestoreTest = {
      ...restore,
      at: restoredAt(restore, now),
      id: randomUUID(),
      recordedBy: credentials.principal.userEntityRef,
      recordedAt: now.toISOString(),
    };
    await this.#store.add(entityRef, test, trx =>
      this.#evaluator.evaluateAgain(trx, [entityRef], now),
    );
    await this.#evaluator.onChanged({
      entityRefs: [entityRef],
      anything: true,
    });
    return test;
  }

  /** What is on record, the last one first. */
  async list(
    options: {
      entityRef: string;
      signal?: string;
      limit: number;
      cursor?: string;
    },
    credentials: BackstageCredentials,
  ): Promise<RestoreTestList> {
    const { entityRef, signal, limit, cursor } = options;
    await this.#access.assertPermission(credentials, healthReadPermission);
    await this.#databasesOf(entityRef, credentials);
    const found = await this.#store.list({
      entityRef,
      signalId: signal,
      limit: limit + 1,
      ...(cursor ? { after: decodeRestoreTestCursor(cursor) } : {}),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      ...(last && found.length > limit
        ? { nextCursor: encodeRestoreTestCursor(last) }
        : {}),
    };
  }

  /** Ids of the signals of its databases. Throws when the caller may not read the entity. */
  async #databasesOf(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const signals = await this.#health.signalsOf(entityRef, credentials);
    return signals.filter(({ kind }) => kind === 'database').map(signalId);
  }
}

function restoredAt(restore: NewRestoreTest, now: Date): string {
  const at = Date.parse(restore.at);
  if (!(at <= now.getTime() + AHEAD_MS)) {
    throw new InputError('"at": is in the future');
  }
  if (at < now.getTime() - RESTORE_TESTS_DAYS * DAY_MS) {
    throw new InputError(
      `"at": is more than ${RESTORE_TESTS_DAYS} days ago; restores are kept on record that long`,
    );
  }
  return new Date(Math.min(at, now.getTime())).toISOString();
}
