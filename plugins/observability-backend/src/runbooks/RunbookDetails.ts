import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Reason,
  Runbook,
  RunbookQuery,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  ParsedRunbook,
  parseRunbook,
  resolveVariables,
  RunbookLink,
  VariableSignal,
  withVariables,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { LRUCache } from 'lru-cache';
import { EntityFacts } from '../catalog/EntityFacts';
import { describeProblems } from './details/describeProblems';
import { IndexedRunbook } from './RunbookIndex';
import { RunbookRunStore, StoredRun } from './runs/RunbookRunStore';
import { RunbookStore } from './store/RunbookStore';
import { IsReadable, toSummary } from './summaries';

/** Texts that people look at now are parsed once. */
const MAXIMUM_PARSED = 200;

/** Puts together all that the page of one runbook draws. */
export class RunbookDetails {
  readonly #store: RunbookStore;
  readonly #runs: RunbookRunStore;
  readonly #catalog: CatalogService;
  readonly #entities: EntityFacts;
  readonly #now: () => Date;
  readonly #parsed = new LRUCache<string, ParsedRunbook>({
    max: MAXIMUM_PARSED,
  });

  constructor(options: {
    store: RunbookStore;
    runs: RunbookRunStore;
    catalog: CatalogService;
    entities: EntityFacts;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#runs = options.runs;
    this.#catalog = options.catalog;
    this.#entities = options.entities;
    this.#now = options.now ?? (() => new Date());
  }

  /** A runbook with its steps, and its variables filled for an entity that the caller may read. */
  async of(
    runbook: IndexedRunbook,
    options: {
      query: RunbookQuery;
      isReadable: IsReadable;
      credentials: BackstageCredentials;
    },
  ): Promise<Runbook> {
    const { query, isReadable, credentials } = options;
    const { entityRef, metric, signal } = query;
    const [record, sources, last, entity, reason] = await Promise.all([
      this.#store.get(runbook.id),
      this.#store.sourcesOf(runbook.id),
      this.#runs.lastFinished(runbook.id),
      entityRef === undefined
        ? undefined
        : this.#catalog.getEntityByRef(entityRef, { credentials }),
      entityRef === undefined || metric === undefined
        ? undefined
        : this.#entities.reasonOf(entityRef, { metric, signal }),
    ]);
    const parsed = this.#parse(runbook, record?.text);
    const variables = resolveVariables(parsed, {
      ...(entity ? { entity } : {}),
      ...(metric === undefined
        ? {}
        : { signal: { metric, ...signalOf(reason) } }),
    });
    const { problems: _, ...summary } = toSummary(runbook, {
      isReadable,
      now: this.#now(),
    });
    const problem = sources.find(source => source.problem)?.problem;
    const sourceProblem = runbook.hasText
      ? problem?.message
      : 'Its text is not readable here: open the page where it is kept';
    return {
      ...summary,
      ...(runbook.path ? { path: runbook.path } : {}),
      ...(runbook.editUrl ? { editUrl: runbook.editUrl } : {}),
      symptoms: runbook.facts.symptoms,
      tags: runbook.facts.tags,
      markdown: parsed.markdown,
      sections: parsed.sections,
      steps: withVariables(parsed.steps, variables),
      problems: describeProblems(parsed, {
        runbook,
        now: this.#now(),
      }),
      variables,
      trust: trustOf(runbook, last, isReadable),
      readAt:
        sources
          .flatMap(({ readAt }) => readAt ?? [])
          .sort()
          .at(-1) ??
        record?.readAt ??
        this.#now().toISOString(),
      ...(sourceProblem ? { sourceProblem } : {}),
      contentHash: runbook.contentHash,
    };
  }

  /** What a runbook links to. */
  async linksOf(runbook: IndexedRunbook): Promise<readonly RunbookLink[]> {
    const known = this.#parsed.get(runbook.revision);
    return (
      known ?? this.#parse(runbook, (await this.#store.get(runbook.id))?.text)
    ).links;
  }

  #parse(runbook: IndexedRunbook, text: string | undefined): ParsedRunbook {
    const known = this.#parsed.get(runbook.revision);
    if (known) {
      return known;
    }
    const parsed = parseRunbook({ text: text ?? '', url: runbook.url });
    this.#parsed.set(runbook.revision, parsed);
    return parsed;
  }
}

/** What variables may take from what is wrong. */
function signalOf(reason: Reason | undefined): VariableSignal {
  return {
    ...(reason?.value === undefined || reason.value === null
      ? {}
      : { value: reason.value }),
    ...(reason?.subject ? { subject: reason.subject.name } : {}),
  };
}

function trustOf(
  runbook: IndexedRunbook,
  last: StoredRun | undefined,
  isReadable: IsReadable,
): Runbook['trust'] {
  const { facts, figures, changedAt, lastTested } = runbook;
  const isRunReadable =
    last?.entityRef === undefined || isReadable(last.entityRef);
  return {
    ...(facts.testedBy ? { testedBy: facts.testedBy } : {}),
    ...(last?.outcome && last.finishedAt && last.finishedBy && isRunReadable
      ? {
          lastUsed: {
            runId: last.id,
            at: last.finishedAt,
            by: last.finishedBy,
            outcome: last.outcome,
            durationSeconds: Math.max(
              0,
              (Date.parse(last.finishedAt) - Date.parse(last.startedAt)) / 1000,
            ),
            ...(last.entityRef ? { entityRef: last.entityRef } : {}),
            ...(last.incidentId ? { incidentId: last.incidentId } : {}),
          },
        }
      : {}),
    runs: figures?.runs ?? 0,
    helped: (figures?.worked ?? 0) + (figures?.partly ?? 0),
    ...(changedAt ? { changedAt } : {}),
    ...(changedAt && lastTested
      ? { changedSinceTest: Date.parse(changedAt) > Date.parse(lastTested) }
      : {}),
  };
}
