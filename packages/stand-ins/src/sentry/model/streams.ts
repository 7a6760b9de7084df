import type { OccurrenceStream } from '../../shared/rates';
import type {
  SentryIssueDefinition,
  SentryTransactionDefinition,
} from '../world/types';
import type { ProjectModel } from './ProjectModel';

/** Error events of one issue in one environment and release. */
export interface ErrorStream {
  kind: 'error';
  project: ProjectModel;
  issue: IssueModel;
  environment: string;
  release: string;
  occurrences: OccurrenceStream;
}

/** From this instant on, durations are spread so (log-normal). */
export interface DurationStep {
  fromMs: number;
  p50Ms: number;
  p95Ms: number;
}

/** Spans of one kind, in one environment and release, that went well or failed. */
export interface SpanStream {
  kind: 'span';
  project: ProjectModel;
  transaction: SentryTransactionDefinition;
  /** The request itself, or something done within it. */
  isTransaction: boolean;
  operation: string;
  description: string;
  failed: boolean;
  environment: string;
  release: string;
  occurrences: OccurrenceStream;
  durations: DurationStep[];
}

export type SessionStatus = 'healthy' | 'errored' | 'crashed' | 'abnormal';

export interface SessionStream {
  kind: 'session';
  project: ProjectModel;
  status: SessionStatus;
  environment: string;
  release: string;
  occurrences: OccurrenceStream;
}

export interface IssueModel {
  definition: SentryIssueDefinition;
  project: ProjectModel;
  streams: ErrorStream[];
}
