import {
  Incident,
  IncidentMetrics,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';

/** What a postmortem says of why something happened. */
export interface PastCause {
  postmortemId: string;
  /** Absent of one that was imported or is kept as a file. */
  incidentId?: string;
  title: string;
  /** Title and summary, to compare words. */
  text: string;
  entityRefs: string[];
  trigger?: string;
  factors: string[];
  /** How it ended, in a sentence. */
  resolution?: string;
  /** When it was. */
  at?: string;
}

/** What incidents need of the domain of postmortems. */
export interface PostmortemStates {
  /** Whether the postmortem of an incident is published; `undefined` where there is none. */
  isPublished(incidentId: string): Promise<boolean | undefined>;
  /**
   * Follows a change of an incident, in its transaction: one that is resolved has
   * a draft from then on, whose id is that of the incident, and what nobody has
   * written by hand is brought up to date.
   */
  follow(trx: Knex.Transaction, incident: Incident, now: string): Promise<void>;
  /** What postmortems say of why things happened, the latest first. */
  causes(options: { since: string; limit: number }): Promise<PastCause[]>;
  /** How postmortems and their actions are kept, of incidents of some entities. */
  figures(options: {
    from: string;
    to: string;
    /** Without them, of all. */
    entityRefs?: readonly string[];
    now: string;
  }): Promise<Pick<IncidentMetrics, 'postmortems' | 'actions' | 'repeats'>>;
}
