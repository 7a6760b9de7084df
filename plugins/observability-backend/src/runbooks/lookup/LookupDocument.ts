/** A runbook as the lookup knows it. */
export interface LookupDocument {
  id: string;
  /** Changes whenever anything else here does. */
  revision?: string;
  title: string;
  /** Name of the file, with or without folders and ending. */
  fileName?: string;
  /** Alert names and metrics that it answers. */
  alerts: readonly string[];
  symptoms: readonly string[];
  tags: readonly string[];
  headings: readonly string[];
  /** Its text, as Markdown. */
  body: string;
  entityRefs: readonly string[];
  /** Reference of a group or user. */
  owner?: string;
  /** ISO date of the last test, or of the last run that worked. */
  lastTested?: string;
  /** How many runs of it worked. */
  runsThatWorked?: number;
}

/** The service that somebody looks at, and what is around it. */
export interface Surroundings {
  entityRef: string;
  /** Its system, and the other parts of that. */
  system?: readonly string[];
  dependencies?: readonly string[];
  owner?: string;
}

/** What is looked for; everything may be left out. */
export interface LookupQuery {
  /** What somebody types. */
  text?: string;
  /** Name of an alert or metric. */
  alert?: string;
  near?: Surroundings;
  /** Which runbooks the caller may see. */
  isVisible?: (document: LookupDocument) => boolean;
  limit?: number;
}

/** How near to a service a runbook is, nearest first. */
export const RELATIONS = ['own', 'system', 'dependency', 'owner'] as const;
/** See {@link RELATIONS}. */
export type Relation = (typeof RELATIONS)[number];

/** The fields that text is found in. */
export type LookupField =
  | 'alerts'
  | 'title'
  | 'fileName'
  | 'symptoms'
  | 'tags'
  | 'headings'
  | 'services'
  | 'body';

/** Why a runbook was found. */
export interface LookupMatch {
  by: 'alert' | 'service' | 'text';
  /** Comparable within one answer only. */
  score: number;
  /** The place that matches, as plain text. */
  excerpt: string;
  /** Where the excerpt is from. */
  field?: LookupField;
  /** How near to the service it is, where one was named. */
  relation?: Relation;
  /** Words that were taken for others. */
  corrections: { typed: string; read: string }[];
}

/** A runbook that was found. */
export interface LookupResult {
  id: string;
  /** Absent where nothing matches, and it is only the best there is. */
  match?: LookupMatch;
}
