import { hashText, mix } from '../../shared/random';
import { OccurrenceStream, RateCurve, type RateStep } from '../../shared/rates';
import type {
  SentryIssueDefinition,
  SentryOrganizationDefinition,
  SentryProjectDefinition,
  SentryTransactionDefinition,
} from '../world/types';
import { type ProjectChange, ProjectTimeline } from './timeline';

const HISTORY_MS = 90 * 24 * 3_600_000;

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

/** @public */
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
      this.#compileIssue(issue, index === 0),
    );
    return this.#issues;
  }

  get spans(): SpanStream[] {
    this.#spans ??= this.definition.transactions.flatMap(transaction =>
      this.#compileTransaction(transaction),
    );
    return this.#spans;
  }

  get sessions(): SessionStream[] {
    this.#sessions ??= this.#compileSessions();
    return this.#sessions;
  }

  /** Error events that were refused because of the quota. */
  get rateLimited(): OccurrenceStream {
    this.#rateLimited ??= this.#stream(
      'rate-limited',
      this.timeline.steps({
        fromMs: this.startMs - HISTORY_MS,
        perHour: atMs =>
          this.timeline.override(this.definition.rateLimitedPerHour, atMs) ?? 0,
      }),
    );
    return this.#rateLimited;
  }

  #compileIssue(definition: SentryIssueDefinition, takesBursts: boolean) {
    const issue: IssueModel = { definition, project: this, streams: [] };
    const untilMs =
      definition.until === undefined
        ? undefined
        : this.startMs + definition.until;
    const bursts = takesBursts ? this.timeline.bursts : [];

    for (const { environment, release, share } of this.#slices(
      definition.releases,
    )) {
      const steps = this.timeline.steps({
        fromMs: this.startMs + definition.since,
        toMs: bursts.length > 0 ? undefined : untilMs,
        also: untilMs === undefined ? [] : [untilMs],
        perHour: atMs => {
          const burst = bursts.find(
            other => atMs >= other.fromMs && atMs < other.toMs,
          );
          if (burst) {
            const perHour = burst.events * (3_600_000 / 1000);
            return perHour * share(atMs);
          }
          if (this.timeline.isQuiet(atMs)) return 0;
          if (untilMs !== undefined && atMs >= untilMs) return 0;
          const perHour =
            this.timeline.override(definition.during, atMs, release) ??
            definition.perHour;
          return perHour * share(atMs);
        },
      });
      const occurrences = this.#stream(
        `issue:${definition.id}:${environment}:${release}`,
        steps,
      );
      if (occurrences.curve.isSilent()) continue;
      issue.streams.push({
        kind: 'error',
        project: this,
        issue,
        environment,
        release,
        occurrences,
      });
    }
    return issue;
  }

  #compileTransaction(transaction: SentryTransactionDefinition): SpanStream[] {
    const streams: SpanStream[] = [];
    const kinds = [
      {
        isTransaction: true,
        operation: transaction.operation,
        description: transaction.name,
        perRequest: 1,
        durations: undefined,
      },
      ...(transaction.spans ?? []).map(span => ({
        isTransaction: false,
        operation: span.operation,
        description: span.description,
        perRequest: span.perRequest,
        durations: { p50Ms: span.p50Ms, p95Ms: span.p95Ms },
      })),
    ];

    for (const { environment, release, share } of this.#slices()) {
      const overrideAt = (atMs: number) =>
        this.timeline.override(transaction.during, atMs, release);
      const fromMs = this.startMs - HISTORY_MS;
      const durations = [fromMs, ...this.timeline.breaks()]
        .filter(atMs => atMs >= fromMs)
        .map(atMs => ({
          fromMs: atMs,
          p50Ms: overrideAt(atMs)?.p50Ms ?? transaction.p50Ms,
          p95Ms: overrideAt(atMs)?.p95Ms ?? transaction.p95Ms,
        }));

      for (const kind of kinds) {
        for (const failed of [false, true]) {
          const steps = this.timeline.steps({
            fromMs,
            perHour: atMs => {
              const override = overrideAt(atMs);
              const failing = kind.isTransaction
                ? override?.failing ?? transaction.failing
                : 0;
              const perMinute = override?.perMinute ?? transaction.perMinute;
              return (
                perMinute *
                60 *
                kind.perRequest *
                share(atMs) *
                (failed ? failing : 1 - failing)
              );
            },
          });
          const occurrences = this.#stream(
            `span:${transaction.name}:${kind.description}:${failed}:${environment}:${release}`,
            steps,
          );
          if (occurrences.curve.isSilent()) continue;
          const { isTransaction, operation, description } = kind;
          streams.push({
            kind: 'span',
            project: this,
            transaction,
            isTransaction,
            operation,
            description,
            failed,
            environment,
            release,
            occurrences,
            durations: kind.durations
              ? [{ fromMs, ...kind.durations }]
              : durations,
          });
        }
      }
    }
    return streams;
  }

  #compileSessions(): SessionStream[] {
    const definition = this.definition.sessions;
    if (!definition) return [];
    const streams: SessionStream[] = [];
    for (const { environment, release, share } of this.#slices()) {
      const shareAt = (status: SessionStatus, atMs: number) => {
        const override = this.timeline.override(
          definition.during,
          atMs,
          release,
        );
        const errored = override?.errored ?? definition.errored;
        const crashed = override?.crashed ?? definition.crashed;
        const { abnormal } = definition;
        const healthy = 1 - errored - crashed - abnormal;
        return { healthy, errored, crashed, abnormal }[status];
      };
      for (const status of [
        'healthy',
        'errored',
        'crashed',
        'abnormal',
      ] as const) {
        const occurrences = this.#stream(
          `session:${status}:${environment}:${release}`,
          this.timeline.steps({
            fromMs: this.startMs - HISTORY_MS,
            perHour: atMs =>
              definition.perMinute * 60 * share(atMs) * shareAt(status, atMs),
          }),
        );
        if (occurrences.curve.isSilent()) continue;
        streams.push({
          kind: 'session',
          project: this,
          status,
          environment,
          release,
          occurrences,
        });
      }
    }
    return streams;
  }

  /** Every environment and release, with its share of the traffic. */
  #slices(allowed?: string[]) {
    return Object.entries(this.definition.environments).flatMap(
      ([environment, environmentShare]) =>
        this.definition.releases
          .filter(({ version }) => !allowed || allowed.includes(version))
          .map(({ version }) => ({
            environment,
            release: version,
            share: (atMs: number) =>
              environmentShare * this.timeline.shareOf(version, atMs, allowed),
          })),
    );
  }

  #stream(name: string, steps: RateStep[]): OccurrenceStream {
    const seed = mix(hashText(this.definition.slug), hashText(name));
    return new OccurrenceStream(
      seed,
      new RateCurve({
        steps,
        pattern: this.definition.pattern ?? 'working-week',
        anchorMs: this.startMs,
      }),
    );
  }
}
