import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import {
  CheckResult,
  CheckStore,
  ClaimedCheck,
  StoredCheck,
} from './CheckStore';
import { parseCheckState } from './stepCheck';

const migrationsDirectory = resolvePackagePath(
  '@watchkeeper/backstage-plugin-observability-backend-module-http-checks',
  'migrations',
);
const MIGRATIONS_TABLE = 'observability_module_http_checks__knex_migrations';

interface CheckRow {
  name: string;
  due_at: string;
  lease_owner: string | null;
  lease_until: string | null;
  created_at: string;
  state: string | null;
  target_keys: string;
}

interface ResultRow {
  name: string;
  at: string;
  response_ms: number;
}

/** SQLite takes no more rows in one insert. */
const BATCH_SIZE = 500;

/**
 * The checks in the database of the plugin. What takes or gives back checks is
 * one statement each, which either database carries out as a whole: so each due
 * check goes to one process.
 */
export class DatabaseCheckStore implements CheckStore {
  readonly #knex: Knex;
  readonly #isSqlite: boolean;

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.#isSqlite = String(knex.client.config.client).includes('sqlite');
  }

  /** With its tables brought up to date, unless the portal is told not to. */
  static async create(database: DatabaseService): Promise<DatabaseCheckStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: migrationsDirectory,
        tableName: MIGRATIONS_TABLE,
      });
    }
    return new DatabaseCheckStore(knex);
  }

  async sync(
    checks: { name: string; firstDueAt: Date; latestDueAt: Date }[],
    now: Date,
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      const rows = await trx<CheckRow>('http_checks').select('name', 'due_at');
      const known = new Map(rows.map(row => [row.name, row.due_at]));
      const wanted = new Set(checks.map(({ name }) => name));
      const removed = [...known.keys()].filter(name => !wanted.has(name));
      if (removed.length > 0) {
        for (const table of ['http_checks', 'http_check_results']) {
          await trx(table)
            .where(query => this.#whereName(query, removed))
            .delete();
        }
      }
      const added = checks.filter(({ name }) => !known.has(name));
      for (let start = 0; start < added.length; start += BATCH_SIZE) {
        await trx<CheckRow>('http_checks')
          .insert(
            added.slice(start, start + BATCH_SIZE).map(check => ({
              name: check.name,
              due_at: check.firstDueAt.toISOString(),
              created_at: now.toISOString(),
            })),
          )
          // Another process may have been first.
          .onConflict('name')
          .ignore();
      }
      for (const { name, latestDueAt } of checks) {
        const latest = latestDueAt.toISOString();
        if ((known.get(name) ?? '') > latest) {
          await trx<CheckRow>('http_checks')
            .where({ name })
            .update({ due_at: latest });
        }
      }
    });
  }

  async postpone(
    dueBefore: Date,
    dueAtOf: (name: string, count: number) => Date,
  ): Promise<void> {
    const before = dueBefore.toISOString();
    await this.#knex.transaction(async trx => {
      const names: string[] = await trx<CheckRow>('http_checks')
        .where('due_at', '<', before)
        .orderBy('name')
        .pluck('name');
      for (const name of names) {
        await trx<CheckRow>('http_checks')
          .where({ name })
          .where('due_at', '<', before)
          .where(query =>
            query.whereNull('lease_until').orWhere('lease_until', '<', before),
          )
          .update({ due_at: dueAtOf(name, names.length).toISOString() });
      }
    });
  }

  async claim(options: {
    names: string[];
    owner: string;
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<ClaimedCheck[]> {
    const { names, owner, limit } = options;
    const now = options.now.toISOString();
    const due = this.#knex<CheckRow>('http_checks')
      .select('name')
      .where('due_at', '<=', now)
      .where(query =>
        query.whereNull('lease_until').orWhere('lease_until', '<', now),
      )
      .where(query => this.#whereName(query, names))
      .orderBy('due_at')
      .limit(limit);
    // Rows that another process is taking are its own: there is no waiting for them.
    if (!this.#isSqlite) due.forUpdate().skipLocked();
    const rows = await this.#knex<CheckRow>('http_checks')
      .with('due', due)
      .whereIn('name', this.#knex('due').select('name'))
      .update({
        lease_owner: owner,
        lease_until: options.leaseUntil.toISOString(),
      })
      .returning(['name', 'due_at', 'state', 'target_keys']);
    return rows.map(row => ({
      name: row.name,
      dueAt: new Date(row.due_at),
      state: parseCheckState(row.state),
      targetKeys: JSON.parse(row.target_keys),
    }));
  }

  async record(owner: string, results: CheckResult[]): Promise<Set<string>> {
    const values = JSON.stringify(
      results.map(({ name, dueAt, state }) => ({
        name,
        due_at: dueAt.toISOString(),
        state: JSON.stringify(state),
      })),
    );
    return this.#knex.transaction(async trx => {
      const answer = await trx.raw(
        `update http_checks
        set due_at = result.due_at, state = result.state, lease_owner = null, lease_until = null
        from (${this.#rowsOfJson(['name', 'due_at', 'state'])}) as result
        where http_checks.name = result.name and http_checks.lease_owner = ?
        returning http_checks.name as name`,
        [values, owner],
      );
      const rows: { name: string }[] = this.#isSqlite ? answer : answer.rows;
      const accepted = new Set(rows.map(({ name }) => name));
      const times = results.flatMap(({ name, at, responseMs }) =>
        accepted.has(name) && responseMs !== undefined
          ? { name, at: at.toISOString(), response_ms: responseMs }
          : [],
      );
      for (let start = 0; start < times.length; start += BATCH_SIZE) {
        await trx<ResultRow>('http_check_results')
          .insert(times.slice(start, start + BATCH_SIZE))
          .onConflict(['name', 'at'])
          .ignore();
      }
      return accepted;
    });
  }

  async release(owner: string): Promise<void> {
    await this.#knex<CheckRow>('http_checks')
      .where({ lease_owner: owner })
      .update({ lease_owner: null, lease_until: null });
  }

  async read(names: string[]): Promise<StoredCheck[]> {
    const rows: CheckRow[] = await this.#knex<CheckRow>('http_checks')
      .where(query => this.#whereName(query, names))
      .select();
    return rows.map(row => ({
      name: row.name,
      state: parseCheckState(row.state),
      createdAt: new Date(row.created_at),
    }));
  }

  async readResults(
    names: string[],
    { after, through }: { after: Date; through: Date },
  ): Promise<{ name: string; at: Date; responseMs: number }[]> {
    const rows: ResultRow[] = await this.#knex<ResultRow>('http_check_results')
      .where('at', '>', after.toISOString())
      .where('at', '<=', through.toISOString())
      .where(query => this.#whereName(query, names))
      .orderBy('at')
      .select();
    return rows.map(row => ({
      name: row.name,
      at: new Date(row.at),
      responseMs: Number(row.response_ms),
    }));
  }

  async rememberTargets(keysOf: Map<string, string[]>): Promise<void> {
    const values = JSON.stringify(
      [...keysOf].map(([name, keys]) => ({
        name,
        target_keys: JSON.stringify([...keys].sort()),
      })),
    );
    await this.#knex.raw(
      `update http_checks set target_keys = told.target_keys
      from (${this.#rowsOfJson(['name', 'target_keys'])}) as told
      where http_checks.name = told.name and http_checks.target_keys <> told.target_keys`,
      [values],
    );
  }

  async deleteResults(before: Date): Promise<void> {
    await this.#knex<ResultRow>('http_check_results')
      .where('at', '<', before.toISOString())
      .delete();
  }

  /** One parameter, however many names there are. */
  #whereName(query: Knex.QueryBuilder, names: string[]): void {
    if (this.#isSqlite) {
      query.whereRaw('name in (select value from json_each(?))', [
        JSON.stringify(names),
      ]);
    } else {
      query.whereRaw('name in (select unnest(?::text[]))', [names]);
    }
  }

  /** A query over one parameter, a JSON list of objects, as rows of text. */
  #rowsOfJson(columns: string[]): string {
    return this.#isSqlite
      ? `select ${columns
          .map(column => `json_extract(value, '$.${column}') as ${column}`)
          .join(', ')} from json_each(?)`
      : `select * from json_to_recordset(?::json) as rows(${columns
          .map(column => `${column} text`)
          .join(', ')})`;
  }
}
