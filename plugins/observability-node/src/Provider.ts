import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  MonitorReading,
  MonitorState,
  SignalData,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ProviderError } from './ProviderError';

/**
 * What an annotation of an entity names at one vendor.
 *
 * @public
 */
export interface TargetSelection {
  /**
   * The vendor's id and, where it limits what is read, the sorted environments:
   * equal for every entity that means the same thing. See `targetKey`.
   */
  key: string;
  /** Which kinds of signal it gives. */
  kinds: SignalKind[];
  /**
   * The annotation does not say which instance is meant, so each instance of
   * the vendor is a candidate. The one that lists it has it; when none or
   * several do, that is told on the entity's page.
   */
  candidate?: boolean;
  /** What the provider needs to know of the target; not part of its identity. */
  details?: JsonObject;
}

/**
 * What one instance of a vendor has to do with one entity.
 *
 * @public
 */
export interface EntitySelection {
  targets: TargetSelection[];
  /** Annotations that cannot be used, in words a service's owner understands. */
  misconfigurations: { annotation: string; message: string }[];
}

/** A target as it is handed to `collect`.
 * @public */
export interface CollectTarget {
  key: string;
  kinds: SignalKind[];
  candidate: boolean;
  details?: JsonObject;
  /** What the provider returned for it last time. */
  state?: JsonObject;
  /** Somebody asked for it now: a person, a webhook, or it is new. */
  requested: boolean;
}

/** One value that thresholds are held against.
 * @public */
export interface Measurement {
  /** An id of `METRICS`. */
  metric: string;
  /** What it was measured on, when the target has several: a release, a monitor. */
  subject?: { id: string; name: string };
  value: number | string;
  /** How many events or requests it stands for, where a metric asks for a minimum. */
  count?: number;
  /**
   * Since when it has this value, where the vendor knows that: a breach that is
   * first seen now then began then. Default: the instant of the reading.
   */
  since?: Date;
}

/**
 * What a vendor knows of a monitor's past. In the span from `from` to the
 * reading it was up, but for the intervals; what we saw ourselves gives way to
 * it, except maintenance and pauses.
 *
 * @public
 */
export interface MonitorHistory {
  /** `id` of the monitor's reading. */
  monitorId: string;
  from: Date;
  /** Half open, in any order; without an end it goes on. */
  intervals: {
    state: MonitorState;
    startedAt: Date;
    endedAt?: Date;
    reason?: string;
  }[];
}

/**
 * The data of a reading, by kind: of monitors what they are now. Their history
 * is kept for them.
 *
 * @public
 */
export type ReadingData = Omit<SignalData, 'uptime'> & {
  uptime: { monitors: MonitorReading[] };
};

/** One point of a series that is kept.
 * @public */
export interface Sample {
  metric: string;
  subject?: string;
  at: Date;
  value: number;
}

/**
 * What one target says about one kind: a reading, or why there is none.
 *
 * `data` may be left out when nothing changed since the last reading; the stored
 * one is then kept and counts as read now.
 *
 * @public
 */
export type Reading = {
  [K in SignalKind]: {
    kind: K;
    observedAt: Date;
    data?: ReadingData[K];
    measurements: Measurement[];
    samples?: Sample[];
    /** Of monitors: what the vendor knows of their past, where it was asked. */
    history?: MonitorHistory[];
    /**
     * A part of it could not be read, and a threshold is held against that part.
     * The rest is stored, and the signal is not `ok` until the part is read.
     */
    problem?: ProviderError;
    /** The vendor's page about it. */
    url?: string;
  };
}[SignalKind];

/** @public */
export interface ReadingFailure {
  kind: SignalKind;
  error: ProviderError;
}

/** What `collect` yields for a target.
 * @public */
export interface TargetResult {
  key: string;
  /** One entry a kind at most; a kind that is left out keeps what it has. */
  results: (Reading | ReadingFailure)[];
  /**
   * For a candidate: whether this instance lists it. `false` is not a failure.
   */
  listed?: boolean;
  /** Replaces the stored state, in the transaction that stores the readings. */
  state?: JsonObject;
}

/** @public */
export interface CollectRequest {
  targets: CollectTarget[];
  /** What the last cycle returned. */
  instanceState?: JsonObject;
  /** The instant of this cycle. */
  now: Date;
  /** Aborted when the cycle is cancelled or has run out of time. */
  signal: AbortSignal;
  logger: LoggerService;
}

/**
 * Reads one configured instance of a vendor.
 *
 * A provider keeps no memory of its own: what it must remember from one cycle
 * to the next it returns as state, which is stored with what it read. So any
 * replica can run the next cycle.
 *
 * @public
 */
export interface Provider {
  /** The vendor: `sentry`. */
  readonly provider: string;
  /** The vendor's name for people: `Sentry`. */
  readonly title: string;
  /** The instance's name in configuration: its identity. */
  readonly instance: string;
  /** Everything it can read. */
  readonly kinds: readonly SignalKind[];
  /** Its own pace; the default of the configuration otherwise. */
  readonly schedule?: ProviderSchedule;
  /** The annotations that it reads. */
  readonly annotations: readonly string[];

  /** What the entity's annotations name here. Pure and quick. */
  select(entity: Entity): EntitySelection;

  /**
   * Reads the targets and yields each as soon as it is known, so that a large
   * cycle neither sits in memory nor is lost when it is cut short. Returns the
   * instance's new state.
   *
   * A failure of one target is yielded as `ReadingFailure`s; throwing
   * `ProviderError` says that the whole instance failed, and counts for every
   * target that was not yielded.
   */
  collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined>;

  /**
   * Which of its targets a webhook is about; absent when the vendor has none.
   * Called for deliveries whose sender was verified to be this instance.
   */
  webhook?: ProviderWebhook;

  /**
   * For a provider that learns of changes by itself: called once at the start
   * with what has targets read now. Takes target keys or bare vendor ids.
   */
  watch?(changed: (ids: string[]) => void): void;
}

/** @public */
export interface ProviderSchedule {
  frequencySeconds: number;
  timeoutSeconds: number;
}

/** @public */
export interface ProviderWebhook {
  /** The topic of the events service, which names the route too: `observability-sentry`. */
  topic: string;
  /**
   * Whether this instance sent it: verifies the vendor's signature over the raw
   * body, in constant time.
   */
  verify(request: {
    headers: Record<string, string | string[] | undefined>;
    rawBody: Buffer;
  }): boolean;
  /** The target keys or bare vendor ids that it is about; `all` when it does not say. */
  targetsOf(body: unknown): { ids: string[] } | 'all' | 'none';
}

/**
 * The key of a target: the vendor's id, then its environments, sorted.
 *
 * @public
 */
export function targetKey(id: string, environments: string[] = []): string {
  return environments.length === 0
    ? id
    : `${id}@${[...new Set(environments)].sort().join(',')}`;
}
