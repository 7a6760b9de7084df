import type { ActivityPattern } from '../../shared/rates';

/**
 * Milliseconds from the scenario's start; negative is before it.
 *
 * @public
 */
export type Offset = number;

/** @public */
export type SentryLevel = 'debug' | 'info' | 'warning' | 'error' | 'fatal';

/**
 * What a project is going through. `spike`: its open-ended episodes are on.
 * `healthy`: they are off. `quiet`: no error event arrives at all.
 *
 * @public
 */
export type SentryProjectState = 'healthy' | 'spike' | 'quiet';

/** @public */
export interface SentryPerson {
  type: 'user' | 'team';
  id: string;
  name: string;
  email?: string;
}

/**
 * A stretch of trouble. With an end it is history and happens whatever the
 * project's state; without one it lasts for as long as the state is `spike`.
 *
 * @public
 */
export interface SentryEpisode {
  id: string;
  from?: Offset;
  to?: Offset;
  /** Only this release suffers. */
  release?: string;
}

/** @public */
export interface SentryReleaseDefinition {
  version: string;
  createdAt: Offset;
  author?: string;
  commits?: number;
  url?: string;
  /** Share of the traffic that it takes from the releases before it, by time since its creation. */
  rollout?: { after: number; share: number }[];
}

/** @public */
export interface SentryIssueDefinition {
  id: string;
  shortId: string;
  title: string;
  culprit: string | null;
  level: SentryLevel;
  /** The route or job in which it happens. */
  transaction?: string;
  type?: 'error' | 'default';
  metadata?: Record<string, unknown>;
  status?: 'unresolved' | 'resolved' | 'ignored' | 'pending_deletion';
  substatus?:
    | 'archived_until_escalating'
    | 'archived_until_condition_met'
    | 'archived_forever'
    | 'escalating'
    | 'ongoing'
    | 'regressed'
    | 'new'
    | null;
  priority?: 'low' | 'medium' | 'high' | null;
  unhandled?: boolean;
  logger?: string | null;
  assignedTo?: SentryPerson;
  comments?: number;
  /** From when to when it can happen. */
  since: Offset;
  until?: Offset;
  perHour: number;
  /** Its rate while an episode lasts. */
  during?: Record<string, number>;
  /** Only in these releases; by default in all. */
  releases?: string[];
  /** How many different people run into it. */
  users: number;
  /** Additional data of each event, given a number in [0, 1) that belongs to the event. */
  extra?: (unit: number) => Record<string, unknown>;
}

/** @public */
export interface SentryDurations {
  p50Ms: number;
  p95Ms: number;
}

/** @public */
export interface SentryTransactionDefinition extends SentryDurations {
  name: string;
  operation: string;
  perMinute: number;
  /** Share of requests that fail. */
  failing: number;
  during?: Record<
    string,
    Partial<SentryDurations> & { failing?: number; perMinute?: number }
  >;
  /** Spans inside each of its requests. */
  spans?: (SentryDurations & {
    operation: string;
    description: string;
    perRequest: number;
  })[];
  /** Medians and 75th percentiles of the page's web vitals. */
  vitals?: Record<string, { p50: number; p75: number }>;
}

/** @public */
export interface SentrySessionsDefinition {
  perMinute: number;
  /** Shares of the sessions; the rest is healthy. */
  errored: number;
  crashed: number;
  abnormal: number;
  during?: Record<string, { errored?: number; crashed?: number }>;
  users: number;
}

/** @public */
export interface SentryProjectDefinition {
  id: string;
  slug: string;
  name: string;
  platform: string | null;
  createdAt: Offset;
  teams: string[];
  /** Share of the traffic in each environment. */
  environments: Record<string, number>;
  pattern?: ActivityPattern;
  state?: SentryProjectState;
  episodes?: SentryEpisode[];
  releases: SentryReleaseDefinition[];
  issues: SentryIssueDefinition[];
  transactions: SentryTransactionDefinition[];
  sessions?: SentrySessionsDefinition;
  /** The share of requests whose trace the SDK keeps. */
  sampleRate?: number;
  /** Error events an hour that Sentry refused because of the quota, by episode. */
  rateLimitedPerHour?: Record<string, number>;
}

/** @public */
export interface SentryTeam {
  id: string;
  slug: string;
  name: string;
}

/** @public */
export interface SentryOrganizationDefinition {
  id: string;
  slug: string;
  name: string;
  createdAt: Offset;
  teams: SentryTeam[];
  projects: SentryProjectDefinition[];
}

/**
 * Everything a stand-in answers from: a description, in offsets from the
 * scenario's start, from which every number follows as a function of time.
 *
 * @public
 */
export interface SentryWorld {
  /** Given the start, because versions and titles may carry dates. */
  describe(startedAt: Date): SentryOrganizationDefinition[];
}

/**
 * A change of the scenario, in force from the moment it is made.
 *
 * @public
 */
export type SentryScenarioChange =
  | { project: string | string[]; state: SentryProjectState }
  /** So many error events within the next second, in each of the projects. */
  | { project: string | string[]; events: number }
  /** The same in the next so many projects, in turn. */
  | { projects: number; events?: number }
  /** Status of an issue, by id or short id. */
  | {
      issue: string;
      status: 'unresolved' | 'resolved' | 'ignored';
      substatus?: SentryIssueDefinition['substatus'];
    };
