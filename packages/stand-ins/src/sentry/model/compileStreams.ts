import { hashText, mix } from '../../shared/random';
import {
  OccurrenceStream,
  RateCurve,
  type ActivityPattern,
  type RateStep,
} from '../../shared/rates';
import type {
  SentryIssueDefinition,
  SentryTransactionDefinition,
} from '../world/types';
import type { ProjectModel } from './ProjectModel';
import type {
  IssueModel,
  SessionStatus,
  SessionStream,
  SpanStream,
} from './streams';

/** How long before the scenario's start requests and sessions begin. */
export const HISTORY_MS = 90 * 24 * 3_600_000;

/** A stream of the project; its name makes it differ from all others. */
export function createStream(
  project: ProjectModel,
  name: string,
  steps: RateStep[],
  pattern: ActivityPattern = project.definition.pattern ?? 'working-week',
): OccurrenceStream {
  const seed = mix(hashText(project.definition.slug), hashText(name));
  return new OccurrenceStream(
    seed,
    new RateCurve({
      steps,
      pattern,
      anchorMs: project.startMs,
    }),
  );
}

/** The events of an issue, and the bursts of its project if they fall on it. */
export function compileIssue(
  project: ProjectModel,
  definition: SentryIssueDefinition,
  { takesBursts }: { takesBursts: boolean },
): IssueModel {
  const { timeline, startMs } = project;
  const issue: IssueModel = { definition, project, streams: [] };
  const base = { kind: 'error' as const, project, issue };

  for (const { environment, release, ordinal, share } of slicesOf(
    project,
    definition.releases,
  )) {
    const steps = timeline.steps({
      fromMs: startMs + definition.since,
      toMs:
        definition.until === undefined ? undefined : startMs + definition.until,
      perHour: atMs => {
        if (timeline.isQuiet(atMs)) return 0;
        const override = timeline.override(definition.during, atMs, release);
        return (override ?? definition.perHour) * share(atMs);
      },
    });
    const occurrences = createStream(
      project,
      `issue:${definition.id}:${environment}:${ordinal}`,
      steps,
    );
    if (occurrences.curve.isSilent()) continue;
    issue.streams.push({ ...base, environment, release, occurrences });
  }
  if (takesBursts) {
    const [environment] = Object.keys(project.definition.environments);
    timeline.bursts.forEach((burst, ordinal) => {
      const release = timeline.mainRelease(burst.fromMs);
      const perHour = (burst.events * 3_600_000) / (burst.toMs - burst.fromMs);
      const occurrences = createStream(
        project,
        `burst:${ordinal}`,
        [
          { fromMs: burst.fromMs, perHour },
          { fromMs: burst.toMs, perHour: 0 },
        ],
        'steady',
      );
      issue.streams.push({ ...base, environment, release, occurrences });
    });
  }
  return issue;
}

export function compileTransaction(
  project: ProjectModel,
  transaction: SentryTransactionDefinition,
): SpanStream[] {
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

  for (const { environment, release, ordinal, share } of slicesOf(project)) {
    const overrideAt = (atMs: number) =>
      project.timeline.override(transaction.during, atMs, release);
    const fromMs = project.startMs - HISTORY_MS;
    const durations = [fromMs, ...project.timeline.breaks]
      .filter(atMs => atMs >= fromMs)
      .map(atMs => ({
        fromMs: atMs,
        p50Ms: overrideAt(atMs)?.p50Ms ?? transaction.p50Ms,
        p95Ms: overrideAt(atMs)?.p95Ms ?? transaction.p95Ms,
      }));

    for (const kind of kinds) {
      for (const failed of [false, true]) {
        const steps = project.timeline.steps({
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
        const occurrences = createStream(
          project,
          `span:${transaction.name}:${kind.description}:${failed}:${environment}:${ordinal}`,
          steps,
        );
        if (occurrences.curve.isSilent()) continue;
        const { isTransaction, operation, description } = kind;
        streams.push({
          kind: 'span',
          project,
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

export function compileSessions(project: ProjectModel): SessionStream[] {
  const definition = project.definition.sessions;
  if (!definition) return [];
  const streams: SessionStream[] = [];
  for (const { environment, release, ordinal, share } of slicesOf(project)) {
    const shareAt = (status: SessionStatus, atMs: number) => {
      const override = project.timeline.override(
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
      const occurrences = createStream(
        project,
        `session:${status}:${environment}:${ordinal}`,
        project.timeline.steps({
          fromMs: project.startMs - HISTORY_MS,
          perHour: atMs =>
            definition.perMinute * 60 * share(atMs) * shareAt(status, atMs),
        }),
      );
      if (occurrences.curve.isSilent()) continue;
      streams.push({
        kind: 'session',
        project,
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
function slicesOf(project: ProjectModel, allowed?: string[]) {
  const { environments, releases } = project.definition;
  return Object.entries(environments).flatMap(
    ([environment, environmentShare]) =>
      releases.flatMap(({ version: release }, ordinal) => {
        if (allowed && !allowed.includes(release)) return [];
        const share = (atMs: number) =>
          environmentShare * project.timeline.shareOf(release, atMs, allowed);
        // Streams are told apart by ordinal: names of releases carry dates,
        // and the scenario shall be the same whenever it begins.
        return [{ environment, release, ordinal, share }];
      }),
  );
}
