import { CheckState } from './CheckState';

/** A check that this process is to run now. */
export interface ClaimedCheck {
  name: string;
  /** When it was to run. */
  dueAt: Date;
  state: CheckState;
  /** The targets that it belongs to. */
  targetKeys: string[];
}

/** A check that has run. */
export interface CheckResult {
  name: string;
  state: CheckState;
  dueAt: Date;
  /** When it had ended, and how long its answer took, where there was one. */
  at: Date;
  responseMs?: number;
}

/** How a check is, as stored. */
export interface StoredCheck {
  name: string;
  state: CheckState;
  createdAt: Date;
}

/** Where the checks are kept that all processes share. */
export interface CheckStore {
  /**
   * Brings the rows in line with the configuration: adds those of new checks,
   * removes those of others, and brings forward what would be due too late.
   */
  sync(
    checks: { name: string; firstDueAt: Date; latestDueAt: Date }[],
    now: Date,
  ): Promise<void>;

  /** Sets anew when checks are due that nobody runs and that were due before an instant. */
  postpone(
    dueBefore: Date,
    dueAtOf: (name: string, count: number) => Date,
  ): Promise<void>;

  /** Takes due checks, the longest due first: each goes to one process only, until its lease ends. */
  claim(options: {
    names: string[];
    owner: string;
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<ClaimedCheck[]>;

  /** Stores results and gives the checks back; answers the names of those that were still the owner's. */
  record(owner: string, results: CheckResult[]): Promise<Set<string>>;

  /** Gives all checks back that an owner still has. */
  release(owner: string): Promise<void>;

  /** How checks are, of those that there are. */
  read(names: string[]): Promise<StoredCheck[]>;

  /** Response times of checks, ended after one instant and not after another. */
  readResults(
    names: string[],
    span: { after: Date; through: Date },
  ): Promise<{ name: string; at: Date; responseMs: number }[]>;

  /** Keeps which targets each check belongs to. */
  rememberTargets(keysOf: Map<string, string[]>): Promise<void>;

  /** Deletes response times that are older. */
  deleteResults(before: Date): Promise<void>;
}
