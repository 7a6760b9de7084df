import { Client } from 'pg';
import { Socket } from 'node:net';
import { z } from 'zod/v4';
import {
  connectionFailure,
  StatementError,
  statementFailure,
  timeoutFailure,
} from './failures';
import { ConnectionSettings } from './settings';

/** Marks our own statements, so that they are not told as the database's. */
const OWN_MARK = '/* watchkeeper */';

/** @internal */
export interface SessionOptions {
  /** The database's name in configuration, for messages. */
  name: string;
  connection: ConnectionSettings;
  connectTimeoutMs: number;
  /** How long the session may last. */
  budgetMs: number;
  /** Of the cycle. */
  signal: AbortSignal;
}

/** Asks one statement; values are bound, never written into it. */
export type Ask = <T>(
  sql: string,
  row: z.ZodType<T>,
  values?: (string | string[])[],
) => Promise<T[]>;

/**
 * One connection, and one transaction on it that can only read.
 *
 * A connection lives as long as a cycle. One that is kept would save a few
 * milliseconds, and would have to survive failovers and poolers, would hold a
 * slot of a server that may be short of them, and would be one a replica of the
 * portal instead of one in all.
 *
 * Everything that protects the database is set inside the transaction: that
 * cannot be undone from within, unlike a default of the session, and it also
 * holds behind a pooler, which refuses settings at the start of a connection
 * and would hand those of a session on to strangers. A statement that fails
 * takes no other with it: all is undone to where the transaction began.
 */
export class Session {
  readonly #name: string;
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #budget = new AbortController();
  readonly #budgetTimer: NodeJS.Timeout;
  #connectTimer?: NodeJS.Timeout;
  #phase: 'connecting' | 'reading' = 'connecting';

  private constructor(options: SessionOptions) {
    const { name, connection, signal } = options;
    const { statementTimeoutMs: _, password = '', ...where } = connection;
    this.#name = name;
    this.#signal = signal;
    // Our own, so that a server that says nothing can be hung up on.
    this.#socket = new Socket();
    this.#client = new Client({
      ...where,
      // As a function, so that no password of the environment stands in.
      password: () => password,
      application_name: 'watchkeeper',
      stream: () => this.#socket,
    });
    // What it tells here, a statement or the connecting tells too.
    this.#client.on('error', () => {});
    this.#budgetTimer = setTimeout(() => this.#expire(), options.budgetMs);
    this.#connectTimer = setTimeout(
      () => this.#expire(),
      options.connectTimeoutMs,
    );
    signal.addEventListener('abort', this.#hangUp);
  }

  /** Connects and begins the transaction. */
  static async open(options: SessionOptions): Promise<Session> {
    options.signal.throwIfAborted();
    const session = new Session(options);
    try {
      await session.#client.connect();
      clearTimeout(session.#connectTimer);
      session.#phase = 'reading';
      await session.#client.query(
        beginning(options.connection.statementTimeoutMs),
      );
      return session;
    } catch (error) {
      const failure = session.#failureOf(error);
      await session.close();
      throw failure;
    }
  }

  /**
   * Throws `StatementError` where the server refuses it, and `ProviderError`
   * where the connection is over.
   */
  readonly ask: Ask = (sql, row, values) =>
    // One statement alone, whatever it holds: the simple protocol takes several.
    this.#query({ text: sql, values, queryMode: 'extended' }, row);

  /**
   * The plan of a statement for whatever values. It is not executed.
   *
   * A statement with placeholders can be planned by the simple protocol alone,
   * so what could begin a second statement is not sent.
   */
  async explain<T>(statement: string, row: z.ZodType<T>): Promise<T[]> {
    if (statement.includes(';')) throw new StatementError('42601');
    const text = `explain ${OWN_MARK} (generic_plan, verbose, format json) ${statement}`;
    return this.#query({ text }, row);
  }

  async #query<T>(
    query: { text: string; values?: unknown[]; queryMode?: string },
    row: z.ZodType<T>,
  ): Promise<T[]> {
    let rows: unknown[];
    try {
      ({ rows } = await this.#client.query(query));
    } catch (error) {
      const failure = this.#failureOf(error);
      if (failure instanceof StatementError) await this.undo();
      throw failure;
    }
    return z.array(row).parse(rows);
  }

  /** Lets go of what statements have locked or set since the beginning. */
  async undo(): Promise<void> {
    try {
      await this.#client.query('rollback to savepoint clean');
    } catch (error) {
      throw this.#failureOf(error);
    }
  }

  /** Ends the connection, and waits until it is ended. */
  async close(): Promise<void> {
    clearTimeout(this.#connectTimer);
    try {
      await this.#client.end();
    } finally {
      clearTimeout(this.#budgetTimer);
      this.#signal.removeEventListener('abort', this.#hangUp);
      this.#socket.destroy();
    }
  }

  readonly #hangUp = () => {
    this.#socket.destroy(new Error('given up'));
  };

  #expire(): void {
    this.#budget.abort();
    this.#hangUp();
  }

  /** Why it failed; the signal's own reason where the cycle was ended. */
  #failureOf(error: unknown): unknown {
    if (this.#signal.aborted) return this.#signal.reason;
    if (this.#budget.signal.aborted) {
      return timeoutFailure(this.#name, this.#phase);
    }
    return this.#phase === 'connecting'
      ? connectionFailure(this.#name, error, 'connecting')
      : statementFailure(this.#name, error);
  }
}

/**
 * Only names of the catalog are found without a schema, so that no function or
 * operator that somebody put into another one takes the place of a built-in.
 */
function beginning(statementTimeoutMs: number): string {
  return `
    begin transaction isolation level read committed read only;
    set local statement_timeout = ${Math.round(statementTimeoutMs)};
    set local lock_timeout = 1000;
    set local idle_in_transaction_session_timeout = 10000;
    set local search_path = pg_catalog;
    set local timezone = 'UTC';
    savepoint clean`;
}
