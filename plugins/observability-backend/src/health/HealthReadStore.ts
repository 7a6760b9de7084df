import {
  EntityHealth,
  MemberHealth,
  Resolution,
  SeriesPoint,
  SignalIdentity,
  SignalKind,
  Status,
  StatusCounts,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import { LastRestoreTest } from '../restoreTests/restoreTestItem';
import { SignalInputs } from './EvaluationInputs';

/** What a report reads of an entity. */
export interface StoredReport {
  title: string;
  kind: string;
  status: Status | null;
  since: string | null;
  thresholds: ThresholdOverrides;
  misconfigurations: { annotation: string; message: string }[];
  signals: StoredSignal[];
  /** The last restores of its databases, the newest first. */
  restoreTests: LastRestoreTest[];
}

/** A signal with its data, as JSON text. */
export interface StoredSignal
  extends Omit<SignalInputs, 'measurements' | 'summary' | 'hasData'> {
  data: string | null;
  staleAt: string | null;
  url: string | null;
}

/** A change of the status of an entity. */
export interface StoredTransition {
  entityRef: string;
  at: string;
  to: Status | null;
  message: string | null;
}

/** `all`, or the only entities that count. */
export type Readable = 'all' | ReadonlySet<string>;

/** What the list of all services can be narrowed to. */
export interface EntityHealthFilter {
  statuses?: (Status | 'unconfigured')[];
  owners?: string[];
  systems?: string[];
  text?: string;
}

/** A place in the list: worst first, then longest, then by reference. */
export interface ListPosition {
  rank: number;
  since: string;
  entityRef: string;
}

/** A row of the list with its place. */
export interface ListedEntity {
  health: EntityHealth;
  position: ListPosition;
}

/** Reads health for pages, scripts and agents. Everything counts only what is `readable`. */
export interface HealthReadStore {
  /** All of one entity, or `undefined` when the index does not know it (yet). */
  report(entityRef: string): Promise<StoredReport | undefined>;
  /** What its signals are, without their data; `undefined` when the index does not know it (yet). */
  signalsOf(
    entityRef: string,
  ): Promise<(SignalIdentity & { targetId: number })[] | undefined>;
  /** The entities that it depends on, directly. */
  dependenciesOf(entityRef: string): Promise<string[]>;
  /** The changes of the roll-ups of some entities, newest first. */
  transitionsBetween(
    entityRefs: string[],
    from: string,
    to: string,
  ): Promise<StoredTransition[]>;
  /** The stored data of one kind of several entities, as JSON text. */
  dataOf(
    entityRefs: string[],
    kind: SignalKind,
  ): Promise<{ entityRef: string; data: string }[]>;
  /** The entities that belong to a System, Domain or Group, also through other ones. */
  membersOf(entityRef: string): Promise<MemberHealth[]>;
  /** A page of the list; `before` and `after` are exclusive. At most `limit + 1` rows, in order. */
  list(options: {
    filter: EntityHealthFilter;
    readable: Readable;
    limit: number;
    after?: ListPosition;
    before?: ListPosition;
  }): Promise<ListedEntity[]>;
  /** How many are in each status, of what the filter leaves but for its statuses. */
  totals(options: {
    filter: EntityHealthFilter;
    readable: Readable;
  }): Promise<StatusCounts & { unconfigured: number }>;
  /** What owners and systems there are. */
  facets(readable: Readable): Promise<{ owners: string[]; systems: string[] }>;
  /** The series of one signal and metric. Times are seconds since 1970, `to` exclusive. */
  series(options: {
    targetId: number;
    metric: string;
    subject?: string;
    from: number;
    to: number;
    resolution: Resolution;
  }): Promise<{ subject: string; points: SeriesPoint[] }[]>;
  /** Marks a refresh; `false` when one was asked for at or after `notSince`. */
  claimRefresh(entityRef: string, now: Date, notSince: Date): Promise<boolean>;
}
