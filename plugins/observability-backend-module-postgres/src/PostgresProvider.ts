import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  POSTGRES_ANNOTATION,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectRequest,
  CollectTarget,
  EntitySelection,
  isProviderError,
  Provider,
  ProviderError,
  ProviderSchedule,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { ConfiguredDatabase, PostgresConfig } from './config';
import { NoConnectionLeftError } from './connection/failures';
import { Session } from './connection/Session';
import { inParallel } from './inParallel';
import { readDatabase } from './readDatabase';
import { selectDatabases } from './select';
import { toStoredState } from './state';

/** So many databases are read at once: one that hangs does not hold up the others. */
const AT_ONCE = 8;

/** @internal */
export interface PostgresProviderOptions extends PostgresConfig {
  /** How long connecting may take. */
  connectTimeoutMs?: number;
  /** How long one database may take, connecting included. */
  budgetMs?: number;
}

/**
 * Reads the configured PostgreSQL databases, each by itself: over one
 * connection that is opened for the cycle, in a transaction that can only read.
 */
export class PostgresProvider implements Provider {
  readonly provider = 'postgres';
  readonly title = 'PostgreSQL';
  readonly instance = 'default';
  readonly kinds: readonly SignalKind[] = ['database'];
  readonly annotations = [POSTGRES_ANNOTATION];
  readonly schedule?: ProviderSchedule;
  readonly #config: PostgresConfig;
  readonly #databases: ReadonlyMap<string, ConfiguredDatabase>;
  readonly #connectTimeoutMs: number;
  readonly #budgetMs: number;

  constructor(options: PostgresProviderOptions) {
    const { schedule, connectTimeoutMs = 5_000, budgetMs = 20_000 } = options;
    this.schedule = schedule;
    this.#config = options;
    this.#databases = new Map(
      options.databases.map(database => [database.name, database]),
    );
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#budgetMs = Math.min(
      budgetMs,
      (schedule?.timeoutSeconds ?? 50) * 1000 * 0.5,
    );
  }

  select(entity: Entity): EntitySelection {
    return selectDatabases(entity, this.#config);
  }

  async *collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    const { targets, signal, now } = request;
    yield* inParallel(targets, { limit: AT_ONCE, signal }, (target, ending) =>
      this.#collectOne(target, now, ending),
    );
    return undefined;
  }

  async #collectOne(
    target: CollectTarget,
    now: Date,
    signal: AbortSignal,
  ): Promise<TargetResult> {
    try {
      const database = this.#databases.get(target.key);
      if (!database) throw noLongerConfigured(target.key);
      const session = await Session.open({
        ...database,
        connectTimeoutMs: this.#connectTimeoutMs,
        budgetMs: this.#budgetMs,
        signal,
      });
      try {
        const { reading, state } = await readDatabase(session, { target, now });
        return {
          key: target.key,
          results: [reading],
          state: toStoredState(state),
        };
      } finally {
        await session.close();
      }
    } catch (error) {
      if (error instanceof NoConnectionLeftError) {
        return fullServer(target, now, error);
      }
      if (!isProviderError(error)) throw error;
      return { key: target.key, results: [{ kind: 'database', error }] };
    }
  }
}

/**
 * A server without a free connection does tell something: that all are in use.
 * The rest stays as it was last read.
 */
function fullServer(
  target: CollectTarget,
  now: Date,
  problem: ProviderError,
): TargetResult {
  return {
    key: target.key,
    results: [
      {
        kind: 'database',
        observedAt: now,
        measurements: [{ metric: 'database.connections', value: 1 }],
        samples: [{ metric: 'database.connections', at: now, value: 1 }],
        problem,
      },
    ],
  };
}

function noLongerConfigured(name: string): ProviderError {
  return new ProviderError({
    code: 'misconfigured',
    message: `PostgreSQL database "${name}" is not in the configuration, or cannot be used as it stands there.`,
  });
}
