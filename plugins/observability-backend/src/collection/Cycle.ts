import { StoredTarget, TargetRecord } from './CollectionStore';

/** Results are stored in pieces of this many targets. */
const RECORD_BATCH = 100;
/** Nor do they wait longer than this, so that a slow cycle which is cut short keeps what it has read. */
const RECORD_WITHIN_MS = 5000;

/** The bookkeeping of one cycle: which targets are still to come, and what is to be stored. */
export class Cycle {
  readonly #waiting: Map<string, StoredTarget>;
  readonly #store: (records: TargetRecord[]) => Promise<void>;
  readonly #now: () => Date;
  #pending: TargetRecord[] = [];
  #storedAt: number;
  readings = 0;
  failures = 0;
  lastFailure = '';

  constructor(options: {
    targets: StoredTarget[];
    store: (records: TargetRecord[]) => Promise<void>;
    now: () => Date;
  }) {
    this.#waiting = new Map(
      options.targets.map(target => [target.key, target]),
    );
    this.#store = options.store;
    this.#now = options.now;
    this.#storedAt = this.#now().getTime();
  }

  /** The target of that key, once. */
  take(key: string): StoredTarget | undefined {
    const target = this.#waiting.get(key);
    this.#waiting.delete(key);
    return target;
  }

  takeRest(): StoredTarget[] {
    const rest = [...this.#waiting.values()];
    this.#waiting.clear();
    return rest;
  }

  async add(record: TargetRecord): Promise<void> {
    this.readings += record.readings.length;
    this.failures += record.failures.length;
    this.lastFailure = record.failures[0]?.problem.message ?? this.lastFailure;
    this.#pending.push(record);
    if (
      this.#pending.length >= RECORD_BATCH ||
      this.#now().getTime() - this.#storedAt >= RECORD_WITHIN_MS
    ) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    const records = this.#pending;
    this.#pending = [];
    if (records.length > 0) {
      await this.#store(records);
    }
    this.#storedAt = this.#now().getTime();
  }
}
