import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { ProviderSchedule, ProviderWebhook } from '../Provider';
import { ProviderError } from '../ProviderError';

/**
 * A service of the source that an annotation of an entity names.
 *
 * @public
 */
export interface OnCallServiceSelection {
  /**
   * Equal for every entity that means the same service. It is stored, so of what
   * is secret, such as an integration key, it holds a hash.
   */
  id: string;
  /** The annotation that names it. */
  annotation: string;
  /** The service in words that a service's owner understands, without secrets. */
  label: string;
  /** What `collect` needs to find it. Never stored, logged or shown: it may be secret. */
  details?: JsonObject;
}

/** What one instance has to do with one entity.
 * @public */
export interface OnCallSelection {
  services: OnCallServiceSelection[];
  /** Annotations that cannot be used, in words a service's owner understands. */
  misconfigurations: { annotation: string; message: string }[];
}

/** Somebody at the source; who has the same e-mail address in the catalog is the same person.
 * @public */
export interface ExternalPerson {
  /** The source's id. */
  id: string;
  name: string;
  /** Never stored. */
  email?: string;
}

/**
 * A time in which the same people have the watch at one level; half open. Those
 * of one level do not overlap: see `layWatches`.
 *
 * @public
 */
export interface ExternalShift {
  level: string;
  /** Without it, since ever. */
  start?: Date;
  /** Without it, with no end in sight. */
  end?: Date;
  people: ExternalPerson[];
  /** What puts them there, such as the name of a rotation. */
  layer?: string;
}

/** Who has the watch when, as the source says it.
 * @public */
export interface ExternalSchedule {
  /** The source's id: the schedule's name is made of provider, instance and it. */
  id: string;
  title: string;
  /** The source's page about it. */
  url?: string;
  /** An IANA name. */
  timeZone: string;
  /** Reference of a group of the catalog, whose services it then answers for. */
  owner?: string;
  /** Names, in the order of escalation. */
  levels: string[];
  shifts: ExternalShift[];
  /** `id` of the selected services that it answers for. */
  services: string[];
}

/** @public */
export interface OnCallCollectRequest {
  /** What the entities of the catalog name here, each once. */
  services: OnCallServiceSelection[];
  /** Shifts are asked for from here on. */
  from: Date;
  /** Shifts are asked for up to here. */
  to: Date;
  /** What the last reading returned. */
  instanceState?: JsonObject;
  /** The instant of this reading. */
  now: Date;
  /** Aborted when the reading is cancelled or has run out of time. */
  signal: AbortSignal;
  logger: LoggerService;
}

/** What an instance says.
 * @public */
export interface OnCallReading {
  /**
   * All of them. One that was there before and is missing has ended, unless there
   * is a `problem`: then it keeps what was read last.
   */
  schedules: ExternalSchedule[];
  /** `id` of the selected services that the source does not have. */
  unknownServices: string[];
  /** Up to when shifts are known, where that is not `to` of the request. */
  knownUntil?: Date;
  /** Replaces the stored state. */
  state?: JsonObject;
  /** A part could not be read. */
  problem?: ProviderError;
}

/** Somebody is put on watch at the source in the place of somebody else.
 * @public */
export interface OnCallOverrideRequest {
  /** `id` of the schedule. */
  scheduleId: string;
  /** Without it, all levels. */
  level?: string;
  start: Date;
  end: Date;
  add?: { name: string; email?: string };
  remove?: { name: string; email?: string };
  now: Date;
  logger: LoggerService;
}

/**
 * Reads one configured instance of a source that is the master of who is on call.
 * Everything it says is shown as it is; nothing of it can be edited in the portal.
 *
 * @public
 */
export interface OnCallProvider {
  /** The source: `pagerduty`. */
  readonly provider: string;
  /** Its name for people: `PagerDuty`. */
  readonly title: string;
  /** The instance's name in configuration: its identity. */
  readonly instance: string;
  /** The annotations that it reads; none, where no entity has to name it. */
  readonly annotations: readonly string[];
  /** Its own pace; the default of the configuration otherwise. */
  readonly schedule?: ProviderSchedule;

  /** What the entity's annotations name here. Pure and quick. */
  select(entity: Entity): OnCallSelection;

  /** Reads it all. Throwing `ProviderError` says why nothing could be read. */
  collect(request: OnCallCollectRequest): Promise<OnCallReading>;

  /**
   * Writes an override to the source; absent where that is not allowed. All of it
   * is written, or nothing: throws `ProviderError`, with the source's own reason.
   */
  override?(request: OnCallOverrideRequest): Promise<{ id: string }>;

  /** Absent when the source sends none; every delivery asks for a reading. */
  webhook?: Pick<ProviderWebhook, 'topic' | 'verify'>;
}
