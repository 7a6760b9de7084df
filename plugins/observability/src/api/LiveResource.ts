import { toError } from '@backstage/errors';
import { isPassing } from './failures';

/** The part of the signals API that is used here; a message carries no data. */
export interface ChangeSignals {
  subscribe(channel: string, onMessage: () => void): { unsubscribe(): void };
}

/** Why reading failed, and when it is tried again. */
export interface LoadFailure {
  error: Error;
  nextTryAt: Date;
}

/** What is known at this moment. Replaced, never changed. */
export interface LiveSnapshot<T> {
  value?: T;
  /** When the value was last confirmed. */
  loadedAt?: Date;
  loading: boolean;
  failure?: LoadFailure;
}

export interface LiveResourceOptions<T> {
  load(signal: AbortSignal): Promise<T>;
  /** Told "changed, read again"; without them the resource is polled. */
  signals?: ChangeSignals;
  /** Where it is told; without one it is only polled. */
  channel?: string;
  /** How often it is read at least; by default as {@link POLL_MS} and {@link SAFETY_POLL_MS} say. */
  pollMs?: number;
  /** The least time between two readings that signals ask for. */
  throttleMs: number;
  /** Nobody has watched it for a while. */
  onIdle(): void;
  /** A number from 0 to 1; a test gives its own. */
  random?(): number;
}

const SECOND = 1_000;
/** Without signals it is read this often; a value older than this is read again when one comes back to it. */
export const POLL_MS = 30 * SECOND;
/**
 * With signals it is read this often all the same: they tell of what looks
 * different, not of numbers that are only fresher, and a connection may drop some.
 */
export const SAFETY_POLL_MS = 60 * SECOND;
/** After a change everybody who watches reads again, so not all in the same instant. */
export const SPREAD_MS = 1 * SECOND;
export const FIRST_RETRY_MS = 5 * SECOND;
export const LONGEST_RETRY_MS = 60 * SECOND;
export const LOAD_TIMEOUT_MS = 30 * SECOND;
/** How long it is kept after the last watcher left: changing tabs asks nothing again. */
export const IDLE_MS = 30 * SECOND;

/**
 * A document of the back end that several parts of a page watch.
 *
 * 1. The first watcher makes it be read; later ones share that reading.
 * 2. It is read again when a signal says that it changed (at most once in
 *    `throttleMs`), else every 30 seconds; never while the page is hidden.
 * 3. While it is read again the old value stays. After a failure it stays too,
 *    and the next try comes after 5, 10, 20, 40, 60, 60, … seconds. Being
 *    forbidden or gone takes it away.
 * 4. One `dueAt` says when to read next, and one timer waits for it. What falls
 *    due while the page is hidden or nobody watches is made up for afterwards.
 */
export class LiveResource<T> {
  readonly #options: LiveResourceOptions<T>;
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveSnapshot<T> = { loading: false };
  #dueAt = 0;
  #startedAt = 0;
  #failures = 0;
  #running?: AbortController;
  #timer?: ReturnType<typeof setTimeout>;
  #idleTimer?: ReturnType<typeof setTimeout>;
  #disconnect?: () => void;

  constructor(options: LiveResourceOptions<T>) {
    this.#options = options;
  }

  get snapshot(): LiveSnapshot<T> {
    return this.#snapshot;
  }

  /** Watches the resource until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    clearTimeout(this.#idleTimer);
    this.#connect();
    this.#catchUp();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearTimeout(this.#idleTimer);
        this.#idleTimer = setTimeout(() => this.#stop(), IDLE_MS);
      }
    };
  }

  /** Reads it now. */
  reload(): void {
    this.#dueAt = Date.now();
    this.#loadIfDue();
  }

  /** Reads it at the latest after this time. */
  reloadWithin(ms: number): void {
    this.#schedule(Date.now() + ms);
  }

  #connect() {
    if (this.#disconnect) {
      return;
    }
    const { signals, channel } = this.#options;
    const subscription = channel
      ? signals?.subscribe(channel, () => this.#onChanged())
      : undefined;
    const onVisibilityChange = () => this.#catchUp();
    document.addEventListener('visibilitychange', onVisibilityChange);
    this.#disconnect = () => {
      subscription?.unsubscribe();
      document.removeEventListener('visibilitychange', onVisibilityChange);
    };
  }

  #stop() {
    this.#disconnect?.();
    this.#disconnect = undefined;
    const running = this.#running;
    this.#running = undefined;
    running?.abort();
    clearTimeout(this.#timer);
    this.#dueAt = 0;
    this.#snapshot = { ...this.#snapshot, loading: false };
    this.#options.onIdle();
  }

  #onChanged() {
    const random = this.#options.random ?? Math.random;
    this.#schedule(
      Math.max(
        Date.now() + random() * SPREAD_MS,
        this.#startedAt + this.#options.throttleMs,
      ),
    );
  }

  /** Somebody looks again: what they see may be older than signals admit. */
  #catchUp() {
    const { loadedAt, failure } = this.#snapshot;
    const { pollMs = POLL_MS } = this.#options;
    if (loadedAt && !failure && Date.now() - loadedAt.getTime() >= pollMs) {
      this.#dueAt = Math.min(this.#dueAt, Date.now());
    }
    this.#loadIfDue();
  }

  #schedule(dueAt: number) {
    this.#dueAt = Math.min(this.#dueAt, dueAt);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A timer may be a fraction of a millisecond early.
      this.#dueAt = Math.min(this.#dueAt, Date.now());
      this.#loadIfDue();
    }, Math.max(0, this.#dueAt - Date.now()));
  }

  #loadIfDue() {
    const untried = !this.#snapshot.loadedAt && this.#failures === 0;
    const watched = this.#listeners.size > 0 && (untried || !document.hidden);
    if (watched && !this.#running && this.#dueAt <= Date.now()) {
      this.#load();
    }
  }

  async #load() {
    const running = new AbortController();
    this.#running = running;
    this.#startedAt = Date.now();
    this.#dueAt = Infinity;
    this.#update({ ...this.#snapshot, loading: true });

    let outcome: { value: T } | { error: Error };
    try {
      outcome = { value: await this.#loadInTime(running) };
    } catch (error) {
      outcome = { error: toError(error) };
    }
    if (this.#running !== running) {
      return;
    }
    this.#running = undefined;
    if ('error' in outcome) {
      this.#fail(outcome.error);
    } else {
      this.#failures = 0;
      const { signals, pollMs = signals ? SAFETY_POLL_MS : POLL_MS } =
        this.#options;
      this.#schedule(Date.now() + pollMs);
      this.#update({
        value: outcome.value,
        loadedAt: new Date(),
        loading: false,
      });
    }
  }

  /** The load, or a failure when it takes too long: not every `fetch` heeds the abort. */
  #loadInTime(running: AbortController): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => running.abort(), LOAD_TIMEOUT_MS);
      running.signal.addEventListener('abort', () => {
        const seconds = LOAD_TIMEOUT_MS / SECOND;
        reject(new Error(`No answer within ${seconds} seconds`));
      });
      this.#options
        .load(running.signal)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  #fail(error: Error) {
    const passing = isPassing(error);
    const delayMs = passing
      ? Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS)
      : LONGEST_RETRY_MS;
    this.#failures += 1;
    this.#schedule(Date.now() + delayMs);
    this.#update({
      ...(passing && this.#snapshot),
      loading: false,
      failure: { error, nextTryAt: new Date(this.#dueAt) },
    });
  }

  #update(snapshot: LiveSnapshot<T>) {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
