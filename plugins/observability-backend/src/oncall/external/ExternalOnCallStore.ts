import { JsonObject } from '@backstage/types';
import { Problem } from '@watchkeeper/backstage-plugin-observability-common';
import { StoredSchedule } from '../OnCallStore';

/** A source, by what it is and how its instance is called in configuration. */
export interface ExternalSourceId {
  provider: string;
  instance: string;
}

/** Somebody on watch: a user of the catalog, or an id with the name to show. */
export interface RecordedPerson {
  ref: string;
  name?: string;
}

/** A shift as it is stored. Those of one level do not overlap. */
export interface RecordedExternalShift {
  level: string;
  start: string;
  /** Absent where there is no end in sight. */
  end?: string;
  people: RecordedPerson[];
  layer?: string;
}

/** A schedule as it is stored. */
export interface RecordedExternalSchedule {
  name: string;
  externalId: string;
  title: string;
  url?: string;
  timeZone: string;
  owner?: string;
  levels: string[];
  services: string[];
  shifts: RecordedExternalShift[];
}

/** What a reading found. */
export interface RecordedReading {
  now: string;
  /** The shifts are known from here on. */
  knownFrom: string;
  /** The shifts are known up to here. */
  knownUntil: string;
  schedules: RecordedExternalSchedule[];
  unknownServices: string[];
  state?: JsonObject;
  /** A part could not be read: schedules that are missing stay as they are. */
  problem?: Problem;
}

/** How a source is. */
export interface ExternalSource extends ExternalSourceId {
  /** As people are told of it: "PagerDuty (default)". */
  title: string;
  problem?: Problem;
  /** Absent where it was never read. */
  observedAt?: string;
  unknownServices: string[];
}

/** Keeps who has the watch at sources outside the portal. */
export interface ExternalOnCallStore {
  /** Begins a reading; whoever began one before may write no more. */
  beginReading(
    source: ExternalSourceId & { title: string },
    readingId: string,
  ): Promise<{ state?: JsonObject; problem?: Problem }>;
  /**
   * Stores what a reading found, in one transaction. What is over stays as it is
   * on record. Says whether anything but the time of the reading has changed.
   */
  record(
    source: ExternalSourceId,
    readingId: string,
    reading: RecordedReading,
  ): Promise<boolean>;
  /** Stores why nothing could be read; what was read last stays. */
  fail(
    source: ExternalSourceId,
    readingId: string,
    problem: Problem,
  ): Promise<void>;
  /** How all sources are. */
  sources(): Promise<ExternalSource[]>;
  /** Ends what came from sources that are no longer configured. */
  keepSources(sources: readonly ExternalSourceId[], now: string): Promise<void>;
  /** Schedules by name, with the shifts that are not over by `from`. */
  load(selection: {
    /** Without them and `owners`, all. */
    names?: readonly string[];
    owners?: readonly string[];
    withDeleted?: boolean;
    from: string;
  }): Promise<StoredSchedule[]>;
  /** Of some names, those of schedules that are there. */
  namesOf(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Names of the schedules of each group. */
  namesByOwner(owners: readonly string[]): Promise<Map<string, string[]>>;
  /** Names of the schedules of each service of some sources. */
  namesByService(
    services: readonly (ExternalSourceId & { id: string })[],
  ): Promise<{ source: ExternalSourceId; id: string; name: string }[]>;
  /** Deletes shifts that were over before, and schedules that ended before. */
  deleteBefore(instant: string): Promise<void>;
}

/** A reading that another one has replaced meanwhile. */
export class SupersededReadingError extends Error {
  constructor({ provider, instance }: ExternalSourceId) {
    super(
      `Another reading of ${provider} (${instance}) has begun; this one is dropped`,
    );
    this.name = 'SupersededReadingError';
  }
}
