import {
  Override,
  Schedule,
  ScheduleOrigin,
  ScheduleProblem,
  ScheduleVersion,
  Shift,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { RecordedExternalShift } from './external/ExternalOnCallStore';

/** A schedule with all that it was and will be. */
export interface StoredSchedule {
  name: string;
  origin: ScheduleOrigin;
  version: number;
  deletedAt?: string;
  recordedUntil?: string;
  /** In the order in which they come into force; at least one. */
  versions: ScheduleVersion[];
  overrides: Override[];
  /** In any state; those that nobody took in time say so. */
  swaps: Swap[];
  /** Of one whose master is another system; its definition then has no layers. */
  external?: ExternalAnswers;
}

/** What another master says of a schedule. */
export interface ExternalAnswers {
  /** Of the source, as configured. */
  instance: string;
  /** The schedule's id there. */
  externalId: string;
  knownFrom: string;
  knownUntil: string;
  /** Why the source cannot be read at present. */
  problem?: { message: string; since: string };
  /** By start; those that are over as they were. */
  shifts: RecordedExternalShift[];
}

/** Which schedules are read. */
export interface ScheduleSelection {
  /** Without them and `owners`, all. */
  names?: readonly string[];
  /** References of groups. */
  owners?: readonly string[];
  /** Else those that are not deleted. */
  withDeleted?: boolean;
  /** Overrides and swaps that ended before are left out. */
  from: string;
  now: string;
}

/** What it takes to answer who has the watch. */
export type ScheduleReader = Pick<
  OnCallStore,
  'load' | 'namesOf' | 'namesByOwner' | 'recorded' | 'problems'
>;

/** What is written with a change, in its transaction: both or neither happen. */
export type WithChange = (trx: Knex.Transaction) => Promise<unknown>;

/** Keeps schedules, what people changed by hand, and who had the watch. */
export interface OnCallStore {
  /** Schedules by name. */
  load(selection: ScheduleSelection): Promise<StoredSchedule[]>;
  /** Of some names, those of schedules that are not deleted. */
  namesOf(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Names of the schedules of each group. */
  namesByOwner(owners: readonly string[]): Promise<Map<string, string[]>>;
  /** Creates a schedule; false where the name was used before. */
  create(schedule: {
    definition: Schedule;
    origin: ScheduleOrigin;
    createdBy: string;
    now: string;
  }): Promise<boolean>;
  /**
   * Adds a definition in place of those that are not in force by then; false where
   * somebody else has edited the schedule meanwhile, or deleted it.
   */
  edit(edit: {
    definition: Schedule;
    version: number;
    effectiveFrom: string;
    createdBy: string;
    now: string;
  }): Promise<boolean>;
  /** Ends a schedule; false where that is done already. */
  end(name: string, now: string): Promise<boolean>;
  /** Gives an ended schedule its watch back, where a file or the configuration holds it again. */
  revive(revival: {
    definition: Schedule;
    origin: ScheduleOrigin;
    createdBy: string;
    now: string;
  }): Promise<void>;
  addOverride(
    schedule: string,
    override: Override,
    also?: WithChange,
  ): Promise<void>;
  /** Takes an override back, or ends it now; false where it is over or not there. */
  endOverride(id: string, now: string, also?: WithChange): Promise<boolean>;
  addSwap(swap: Swap, also?: WithChange): Promise<void>;
  swap(id: string, now: string): Promise<Swap | undefined>;
  /** Passes on a swap that has not begun; false where somebody was faster. */
  changeSwap(change: {
    id: string;
    from: Swap['state'];
    state: Swap['state'];
    to?: string;
    now: string;
    also?: WithChange;
  }): Promise<boolean>;
  /** Shifts on record that touch a time. */
  recorded(schedule: string, from: string, to: string): Promise<Shift[]>;
  /** Puts shifts that are over on record, up to an instant. */
  record(schedule: string, shifts: Shift[], until: string): Promise<void>;
  /** What could not be read, of all sources or one. */
  problems(location?: string): Promise<ScheduleProblem[]>;
  /** The etag of what was read last of a source. */
  etagOf(location: string): Promise<string | undefined>;
  /** How the reading of a source went. */
  saveSource(source: {
    location: string;
    problems: ScheduleProblem[];
    etag?: string;
  }): Promise<void>;
  /** Forgets the sources that are no longer configured. */
  keepSources(locations: readonly string[]): Promise<void>;
}
