import {
  DatabaseAdvisory,
  DatabaseData,
  DatabaseLimitation,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  Measurement,
  ProviderError,
  Reading,
  Sample,
} from '@watchkeeper/backstage-plugin-observability-node';
import { limitationOf, problemOf } from './connection/limitations';
import { Server } from './parts/server';

/** A reading of the kind `database`. */
export type DatabaseReading = Extract<Reading, { kind: 'database' }>;

/** A part of the picture, as it is told of when it is missing. */
export interface Part {
  area: DatabaseLimitation['area'];
  what: string;
  /** Thresholds are held against it. */
  measured?: boolean;
}

const MAX_ADVISORIES = 100;
const LEVELS: DatabaseAdvisory['level'][] = [
  'error',
  'warning',
  'info',
  'unknown',
];

const METRICS_LIMITATION: DatabaseLimitation = {
  area: 'metrics',
  code: 'not-supported',
  message:
    'CPU, memory and disk are not known: SQL does not tell them. The monitoring of the machine or of its provider does.',
};

/** Puts a reading together, part by part. */
export class ReadingBuilder {
  readonly data: DatabaseData;
  readonly #name: string;
  readonly #now: Date;
  readonly #measurements: Measurement[] = [];
  readonly #samples: Sample[] = [];
  #problem?: ProviderError;

  /** @param name - the database's name in configuration */
  constructor(name: string, server: Server, now: Date) {
    this.#name = name;
    this.#now = now;
    this.data = {
      engine: 'PostgreSQL',
      version: server.version,
      state: 'active',
      standby: server.standby,
      ...(server.readOnly !== undefined && { readOnly: server.readOnly }),
      services: [],
      slowQueries: [],
      advisories: [],
      limitations: [METRICS_LIMITATION],
    };
  }

  /**
   * Reads a part. One that cannot be read says so in `limitations` and takes no
   * other with it, unless the connection is over; where thresholds are held
   * against it, it is the `problem` of the reading too.
   */
  async part(part: Part, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.lacks(part, limitationOf(error, part));
    }
  }

  /** Tells of a part, or a piece of it, that is missing. */
  lacks(
    part: Pick<Part, 'area' | 'measured'>,
    limitation: Pick<DatabaseLimitation, 'code' | 'message'>,
  ): void {
    const told = {
      area: part.area,
      code: limitation.code,
      message: limitation.message,
    };
    this.data.limitations.push(told);
    if (part.measured) this.#problem ??= problemOf(this.#name, told);
  }

  measure(measurement: Measurement): void {
    this.#measurements.push(measurement);
  }

  sample(metric: string, value: number): void {
    this.#samples.push({ metric, at: this.#now, value });
  }

  finish(): DatabaseReading {
    const advisories = [...this.data.advisories]
      .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
      .slice(0, MAX_ADVISORIES);
    return {
      kind: 'database',
      observedAt: this.#now,
      data: { ...this.data, advisories },
      measurements: this.#measurements,
      samples: this.#samples,
      ...(this.#problem && { problem: this.#problem }),
    };
  }
}
