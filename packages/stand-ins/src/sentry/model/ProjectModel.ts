import type { OccurrenceStream } from '../../shared/rates';
import type {
  SentryOrganizationDefinition,
  SentryProjectDefinition,
} from '../world/types';
import {
  compileIssue,
  compileSessions,
  compileTransaction,
  createStream,
  HISTORY_MS,
} from './compileStreams';
import type { IssueModel, SessionStream, SpanStream } from './streams';
import { type ProjectChange, ProjectTimeline } from './timeline';

/**
 * One project of the world as streams of occurrences. Each kind is made when
 * it is first asked for: most projects of a large world are only ever listed.
 */
export class ProjectModel {
  readonly organization: SentryOrganizationDefinition;
  readonly definition: SentryProjectDefinition;
  readonly timeline: ProjectTimeline;
  #issues: IssueModel[] | undefined;
  #spans: SpanStream[] | undefined;
  #sessions: SessionStream[] | undefined;
  #rateLimited: OccurrenceStream | undefined;

  constructor(
    organization: SentryOrganizationDefinition,
    definition: SentryProjectDefinition,
    startMs: number,
    changes: readonly ProjectChange[],
  ) {
    this.organization = organization;
    this.definition = definition;
    this.timeline = new ProjectTimeline(definition, startMs, changes);
  }

  get startMs(): number {
    return this.timeline.startMs;
  }

  get issues(): IssueModel[] {
    this.#issues ??= this.definition.issues.map((issue, index) =>
      compileIssue(this, issue, { takesBursts: index === 0 }),
    );
    return this.#issues;
  }

  get spans(): SpanStream[] {
    this.#spans ??= this.definition.transactions.flatMap(transaction =>
      compileTransaction(this, transaction),
    );
    return this.#spans;
  }

  get sessions(): SessionStream[] {
    this.#sessions ??= compileSessions(this);
    return this.#sessions;
  }

  /** Error events that were refused because of the quota. */
  get rateLimited(): OccurrenceStream {
    this.#rateLimited ??= createStream(
      this,
      'rate-limited',
      this.timeline.steps({
        fromMs: this.startMs - HISTORY_MS,
        perHour: atMs =>
          this.timeline.override(this.definition.rateLimitedPerHour, atMs) ?? 0,
      }),
    );
    return this.#rateLimited;
  }
}
