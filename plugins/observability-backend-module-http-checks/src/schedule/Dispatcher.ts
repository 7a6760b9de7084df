import { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import { CheckAnswer } from '../check/performCheck';
import { HttpCheck } from '../config/HttpCheck';
import { CheckMetrics } from './CheckMetrics';
import { CheckResult, CheckStore, ClaimedCheck } from './CheckStore';
import { nextDue, spreadDue } from './due';
import { stepCheck } from './stepCheck';

/** After so long without a turn, what has become due meanwhile is spread. */
const PAUSE_MS = 30_000;
const UPKEEP_MS = 5 * 60_000;
/** Results wait that long to be taken over; a process that takes them over is seldom away longer. */
const KEEP_RESULTS_MS = 6 * 3600_000;
/** For storing the result, and clocks that differ. */
const LEASE_MARGIN_SECONDS = 30;

/** @internal */
export interface DispatcherOptions {
  store: CheckStore;
  checks: readonly HttpCheck[];
  maxConcurrent: number;
  perform: (check: HttpCheck, signal: AbortSignal) => Promise<CheckAnswer>;
  /** Told the targets of the checks whose state is another than before. */
  onChanged: (targetKeys: string[]) => void;
  logger: LoggerService;
  metrics: CheckMetrics;
  now?: () => Date;
}

/**
 * Runs the checks, in each process of the portal.
 *
 * A turn comes every second. It takes as many due checks out of the database as
 * the process has room for, and begins them without waiting for any: one that
 * hangs takes a place until its time is up, and nobody's turn. What ends while
 * results are being stored is stored with the next ones, so that batches grow
 * with the load.
 *
 * A check that is taken has a lease. A process that dies leaves it behind, and
 * another takes the check when it has run out; the result of a process that lost
 * its lease is dropped.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #checks: Map<string, HttpCheck>;
  readonly #owner = randomUUID();
  readonly #leaseSeconds: number;
  readonly #now: () => Date;
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  #ended: Ended[] = [];
  #storing: Promise<void> | undefined;
  #lastTurnAt?: number;
  #upkeepAt = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#checks = new Map(options.checks.map(check => [check.name, check]));
    this.#leaseSeconds =
      LEASE_MARGIN_SECONDS +
      options.checks.reduce(
        (longest, { timeoutSeconds }) => Math.max(longest, timeoutSeconds),
        0,
      );
  }

  /** Begins what is due. */
  async turn(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const now = this.#now();
    await this.#upkeep(now);
    // What could not be stored a turn ago.
    const storing = this.#store();
    await this.#claim(now);
    await storing;
  }

  /** Waits until everything that has begun is stored. */
  async settle(): Promise<void> {
    while (this.#running.size > 0 || this.#storing) {
      await Promise.all([...this.#running.values(), this.#storing]);
    }
  }

  /** Ends what is running, and leaves it to other processes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settle();
    await this.#options.store.release(this.#owner);
  }

  async #claim(now: Date): Promise<void> {
    const { store, maxConcurrent } = this.#options;
    const limit = maxConcurrent - this.#running.size;
    if (limit <= 0) return;
    const claimed = await store.claim({
      names: [...this.#checks.keys()].filter(name => !this.#running.has(name)),
      owner: this.#owner,
      now,
      leaseUntil: new Date(now.getTime() + this.#leaseSeconds * 1000),
      limit,
    });
    if (this.#stopping.signal.aborted) {
      await store.release(this.#owner);
      return;
    }
    for (const claim of claimed) {
      const check = this.#checks.get(claim.name);
      if (!check) continue;
      const run = this.#run(check, claim).finally(() =>
        this.#running.delete(claim.name),
      );
      this.#running.set(claim.name, run);
    }
  }

  async #upkeep(now: Date): Promise<void> {
    const { store } = this.#options;
    const time = now.getTime();
    const wasAway =
      this.#lastTurnAt === undefined || time - this.#lastTurnAt > PAUSE_MS;
    this.#lastTurnAt = time;
    if (wasAway || time >= this.#upkeepAt) {
      await store.sync(
        [...this.#checks.values()].map(({ name, intervalSeconds }) => ({
          name,
          firstDueAt: spreadDue(name, now, this.#checks.size),
          latestDueAt: new Date(time + intervalSeconds * 1000),
        })),
        now,
      );
      await store.deleteResults(new Date(time - KEEP_RESULTS_MS));
      this.#upkeepAt = time + UPKEEP_MS;
    }
    if (wasAway) {
      await store.postpone(new Date(time - PAUSE_MS), (name, count) =>
        spreadDue(name, now, count),
      );
    }
  }

  async #run(check: HttpCheck, claim: ClaimedCheck): Promise<void> {
    const { perform, logger, metrics } = this.#options;
    const startedAt = this.#now();
    let answer: CheckAnswer;
    try {
      answer = await perform(check, this.#stopping.signal);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      // Only a fault of ours comes here. The check is tried again when its lease is over.
      logger.error(
        `The HTTP check ${check.name} could not be made`,
        error as Error,
      );
      return;
    }
    const at = this.#now();
    metrics.recordCheck({
      verdict: answer.verdict,
      latenessSeconds: (startedAt.getTime() - claim.dueAt.getTime()) / 1000,
    });
    const { state, changed, recheckSeconds } = stepCheck(claim.state, answer, {
      ...check,
      at,
    });
    this.#ended.push({
      changed,
      targetKeys: claim.targetKeys,
      result: {
        name: check.name,
        state,
        at,
        responseMs: answer.responseMs,
        dueAt:
          recheckSeconds === undefined
            ? nextDue(check, at)
            : new Date(at.getTime() + recheckSeconds * 1000),
      },
    });
    // It stays taken until it is stored, so that a stop waits for it.
    await this.#store();
  }

  /** Stores what has ended; one at a time, and what ends meanwhile next. */
  async #store(): Promise<void> {
    if (this.#ended.length > 0) this.#storing ??= this.#storeAll();
    await this.#storing;
  }

  async #storeAll(): Promise<void> {
    const { store, logger, onChanged } = this.#options;
    let batch: Ended[] = [];
    try {
      while (this.#ended.length > 0) {
        batch = this.#ended;
        this.#ended = [];
        const accepted = await store.record(
          this.#owner,
          batch.map(({ result }) => result),
        );
        const changed = batch
          .filter(entry => entry.changed && accepted.has(entry.result.name))
          .flatMap(({ targetKeys }) => targetKeys);
        if (changed.length > 0) onChanged([...new Set(changed)]);
      }
    } catch (error) {
      logger.error(
        'Results of HTTP checks could not be stored',
        error as Error,
      );
      // For the next turn; what is lost with this process runs again elsewhere.
      this.#ended = [...batch, ...this.#ended];
    } finally {
      // At once, as what ends next begins to store by itself.
      this.#storing = undefined;
    }
  }
}

/** A check that has run and is to be stored. */
interface Ended {
  result: CheckResult;
  targetKeys: string[];
  changed: boolean;
}
