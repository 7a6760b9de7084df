import { JsonObject } from '@backstage/types';
import {
  Problem,
  SignalKind,
  SignalMeasurement,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectTarget,
  MonitorHistory,
  Sample,
} from '@watchkeeper/backstage-plugin-observability-node';
import { Knex } from 'knex';
import { SampleRetention } from './expiredSamples';

/** One configured instance of a vendor. */
export interface InstanceId {
  provider: string;
  instance: string;
}

/** A target of an instance, with what is known of its last readings. */
export interface StoredTarget extends CollectTarget {
  id: number;
  /** What is failing, by kind. */
  problems: Partial<Record<SignalKind, Problem>>;
}

/** What a cycle found out about one target, ready to be stored. */
export interface TargetRecord {
  targetId: number;
  /** Somebody is waiting for it. */
  requested: boolean;
  /** Whether there is something that was not known before. */
  news: boolean;
  listed?: boolean;
  state?: JsonObject;
  readings: {
    kind: SignalKind;
    observedAt: Date;
    staleAt: Date;
    /** `undefined` keeps what is stored. */
    data?: unknown;
    summary?: unknown;
    measurements: SignalMeasurement[];
    /** Of monitors: what the vendor knows of their past. */
    history?: MonitorHistory[];
    /** Of a part that could not be read. */
    problem?: Problem;
    url?: string;
  }[];
  failures: { kind: SignalKind; problem: Problem }[];
  samples: Sample[];
}

/** What is stored about an instance as a whole. */
export interface InstanceState {
  state?: JsonObject;
  lastRunAt: string | null;
  lastSuccessAt: string | null;
  problem?: Problem;
}

/** Keeps what was read at the vendors. */
export interface CollectionStore {
  /** Begins a cycle: from now on only it may write, and an older one that still runs may not. */
  beginCycle(
    id: InstanceId,
    cycleId: string,
    now: Date,
  ): Promise<InstanceState>;
  /** Ends a cycle with the instance's new state and what failed as a whole; `false` when another has begun since. */
  endCycle(
    id: InstanceId,
    cycleId: string,
    end: { now: Date; state?: JsonObject; problem?: Problem; success: boolean },
  ): Promise<boolean>;
  /** All targets of an instance. */
  targetsOf(id: InstanceId): Promise<StoredTarget[]>;
  /**
   * Stores a batch of records and calls `then` in the same transaction; both or
   * neither happen. What was asked for until `startedAt`, when the cycle began,
   * has been served. Records of targets that have been forgotten meanwhile are
   * left out; `then` gets the others. Throws when the cycle has been superseded.
   */
  record<T>(
    id: InstanceId,
    cycleId: string,
    records: TargetRecord[],
    startedAt: Date,
    then: (trx: Knex.Transaction, kept: TargetRecord[]) => Promise<T>,
  ): Promise<T>;
  /** Marks targets of a vendor as asked for; `keys` are target keys, or what stands before their environments. Returns their instances. */
  requestTargets(
    provider: string,
    keys: string[] | 'all',
    now: Date,
  ): Promise<InstanceId[]>;
  /** Marks the targets of an entity as asked for; returns their instances. */
  requestEntity(entityRef: string, now: Date): Promise<InstanceId[]>;
  /** What is stored about every instance. */
  instanceStates(): Promise<(InstanceId & Omit<InstanceState, 'state'>)[]>;
  /** How many targets each instance has, and how many entities it leaves without fresh data. */
  sourceCounts(
    readable: 'all' | ReadonlySet<string>,
    now: string,
  ): Promise<(InstanceId & { targets: number; affected: number })[]>;
  /** Whether targets were asked for since. */
  hasRequestsSince(id: InstanceId, since: Date): Promise<boolean>;
  /** Packs the samples of days that were over before an instant, a few series at a time. */
  packSamples(options: { before: Date; signal: AbortSignal }): Promise<void>;
  /** Deletes what is older than the retention allows, in pieces; returns how many rows. */
  deleteExpired(
    before: SampleRetention & { signal: AbortSignal },
  ): Promise<number>;
}
