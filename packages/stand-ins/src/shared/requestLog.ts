import type { RequestHandler } from 'express';
import type { StandInClock } from './clock';

const KEPT = 10_000;

/**
 * A request that a stand-in was asked, control requests aside.
 *
 * @public
 */
export interface LoggedRequest {
  method: string;
  path: string;
  query: Record<string, string[]>;
  /** Null while it is not answered, and when the answer was cut off or refused. */
  status: number | null;
  /** By the stand-in's clock. */
  at: string;
}

/** @public */
export interface RequestCounts {
  total: number;
  byStatus: Record<string, number>;
  /** Method and path, with ids and names in the path left as they were asked. */
  byPath: Record<string, number>;
}

/** The last requests, and counts of all since the last clearing. */
export class RequestLog {
  readonly #clock: StandInClock;
  #entries: LoggedRequest[] = [];
  #total = 0;
  #byStatus = new Map<string, number>();
  #byPath = new Map<string, number>();

  constructor(clock: StandInClock) {
    this.#clock = clock;
  }

  get entries(): LoggedRequest[] {
    return this.#entries.map(entry => ({ ...entry }));
  }

  get counts(): RequestCounts {
    return {
      total: this.#total,
      byStatus: Object.fromEntries(this.#byStatus),
      byPath: Object.fromEntries(this.#byPath),
    };
  }

  clear(): void {
    this.#entries = [];
    this.#total = 0;
    this.#byStatus.clear();
    this.#byPath.clear();
  }

  middleware(): RequestHandler {
    return (request, response, next) => {
      const url = new URL(request.originalUrl, 'http://stand-in');
      const query: Record<string, string[]> = {};
      for (const key of url.searchParams.keys()) {
        query[key] = url.searchParams.getAll(key);
      }
      const entry: LoggedRequest = {
        method: request.method,
        path: url.pathname,
        query,
        status: null,
        at: this.#clock.now().toISOString(),
      };
      this.#entries.push(entry);
      if (this.#entries.length > KEPT) this.#entries.shift();
      this.#total += 1;
      increment(this.#byPath, `${entry.method} ${entry.path}`);
      response.on('finish', () => {
        entry.status = response.statusCode;
        increment(this.#byStatus, String(response.statusCode));
      });
      next();
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
