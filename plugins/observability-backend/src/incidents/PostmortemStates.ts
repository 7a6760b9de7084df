import { IncidentMetrics } from '@watchkeeper/backstage-plugin-observability-common';

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

/** Of a portal that keeps no postmortems: none is published, and nothing is known of causes. */
export const NO_POSTMORTEMS: PostmortemStates = {
  isPublished: async () => undefined,
  causes: async () => [],
  figures: async () => ({}),
};
