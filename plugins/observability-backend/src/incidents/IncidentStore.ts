import {
  Incident,
  IncidentState,
  IncidentUpdateDraft,
  Severity,
  TimelineEntry,
  TimelineKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { OutboxMessage } from '../notifications/Outbox';

/** An incident with where its timeline stands. */
export interface StoredIncident {
  incident: Incident;
  changedAt: string;
  /** Of the last entry of its timeline. */
  sequence: number;
}

/** Something that is to be written on a timeline. */
export interface NewEntry
  extends Pick<
    TimelineEntry,
    'at' | 'kind' | 'actor' | 'text' | 'data' | 'corrects'
  > {
  pinned?: boolean;
  /** What it is taken from; an entry of the same key is there once. */
  sourceKey?: string;
}

/** A place in the list of incidents. */
export interface IncidentPosition {
  rank: number;
  declaredAt: string;
  id: string;
}

/** A place in a timeline. */
export interface TimelinePosition {
  at: string;
  recordedAt: string;
  id: string;
}

/** Which incidents are read. */
export interface IncidentSelection {
  states?: readonly IncidentState[];
  severities?: readonly Severity[];
  /** Where one of these is involved. */
  entityRefs?: readonly string[];
  /** Words that all have to be there. */
  text?: string;
  declaredFrom?: string;
  declaredBefore?: string;
}

/** What is written with a change, in its transaction: all of it or nothing. */
export interface Consequences {
  entries?: readonly NewEntry[];
  messages?: (incident: Incident) => OutboxMessage[];
  /** What other domains write with it. */
  then?: (trx: Knex.Transaction, incident: Incident) => Promise<void>;
  now: string;
}

/** Keeps incidents and their timelines. */
export interface IncidentStore {
  /** Gives the incident its number and writes it. */
  declare(
    incident: Omit<Incident, 'number' | 'version'>,
    consequences: Consequences,
  ): Promise<StoredIncident>;
  /**
   * Writes an incident as it becomes; `undefined` where its version is no longer
   * that of the one that is stored.
   */
  change(
    incident: Incident,
    consequences: Consequences,
  ): Promise<StoredIncident | undefined>;
  /** Adds entries without changing the incident; those whose source is there already are left out. */
  append(
    incidentId: string,
    entries: readonly NewEntry[],
    options: { now: string; messages?: OutboxMessage[] },
  ): Promise<TimelineEntry[]>;

  /** By id, or by number. */
  get(idOrNumber: string): Promise<StoredIncident | undefined>;
  /** A page of those that are selected, in the order of the list. */
  list(
    selection: IncidentSelection & {
      after?: IncidentPosition;
      limit: number;
    },
  ): Promise<{ stored: StoredIncident; position: IncidentPosition }[]>;
  count(selection: IncidentSelection): Promise<number>;
  /** All that are open. */
  open(): Promise<StoredIncident[]>;
  /** How many incidents of each entity are open. */
  countOpen(entityRefs: readonly string[]): Promise<Map<string, number>>;

  /** A page of a timeline, the last first. */
  timeline(options: {
    incidentId: string;
    kinds?: readonly TimelineKind[];
    pinned?: boolean;
    before?: TimelinePosition;
    limit: number;
  }): Promise<TimelineEntry[]>;
  /** What was written after a sequence, in the order of writing. */
  tail(options: {
    incidentId: string;
    after: number;
    limit: number;
  }): Promise<TimelineEntry[]>;
  entry(incidentId: string, id: string): Promise<TimelineEntry | undefined>;
  /** Ids of the entries that are pinned. */
  pins(incidentId: string): Promise<string[]>;
  pin(options: {
    incidentId: string;
    entryId: string;
    pinned: boolean;
    by: string;
    now: string;
  }): Promise<void>;

  updateDraft(incidentId: string): Promise<IncidentUpdateDraft>;
  /** Saves a draft; `undefined` where somebody else has saved one since. */
  saveUpdateDraft(
    incidentId: string,
    draft: { text: string; version: number; by: string; now: string },
  ): Promise<IncidentUpdateDraft | undefined>;

  /** Tells of a deadline once: false where that was done before. */
  remind(reminder: {
    incidentId: string;
    clock: string;
    dueAt: string;
    messages: OutboxMessage[];
    entries?: readonly NewEntry[];
    now: string;
  }): Promise<boolean>;
  /** Deletes what was declared before and is no longer open. */
  deleteBefore(before: Date): Promise<number>;
}
