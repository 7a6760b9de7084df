import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntityReport,
  RunbookMatch,
  runbookReadPermission,
  RUNBOOKS_ANNOTATION,
  RunbookSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { AlertAnswers } from './coverage/AlertAnswers';
import { IndexedRunbook, RunbookIndex } from './RunbookIndex';
import { isVisible, toSummary } from './summaries';

/** More than this nobody looks through while something is broken. */
const MAXIMUM_RUNBOOKS = 20;

/** What a report says of the runbooks of an entity. */
export interface ReportedRunbooks
  extends Pick<EntityReport, 'runbooks' | 'uncovered' | 'misconfigurations'> {}

/** Tells which runbooks answer what is wrong with an entity. */
export class RunbookReports {
  readonly #index: RunbookIndex;
  readonly #access: EntityAccess;
  readonly #now: () => Date;

  constructor(options: {
    index: RunbookIndex;
    access: EntityAccess;
    now?: () => Date;
  }) {
    this.#index = options.index;
    this.#access = options.access;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * The runbooks for an entity, those that answer a metric in breach first, and
   * the metrics that none answers. For reports, whose readers need no permission
   * of their own for it: without it, there is nothing to tell.
   */
  async ofEntity(
    entityRef: string,
    metricsInBreach: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReportedRunbooks> {
    if (!(await this.#access.isAllowed(credentials, runbookReadPermission))) {
      return { runbooks: [], uncovered: [], misconfigurations: [] };
    }
    const readable = await this.#access.readable(credentials);
    const isReadable = (ref: string) => readable === 'all' || readable.has(ref);
    const all = [...(await this.#index.runbooks()).values()].filter(runbook =>
      isVisible(runbook, isReadable),
    );
    const entity = (await this.#index.entities()).get(entityRef) ?? {
      entityRef,
    };
    const answers = new AlertAnswers(all);
    const found = new Map<IndexedRunbook, RunbookMatch | undefined>();
    const uncovered: string[] = [];
    for (const metric of new Set(metricsInBreach)) {
      const candidates = answers.of(metric, entity);
      if (candidates.length === 0) {
        uncovered.push(metric);
      }
      for (const runbook of candidates) {
        if (!found.has(runbook)) {
          found.set(runbook, {
            by: 'alert',
            score: 1,
            excerpt: '',
            why: [{ part: 'alert', term: metric, found: metric }],
          });
        }
      }
    }
    const own = all
      .filter(runbook => runbook.entityRefs.includes(entityRef))
      .sort((one, other) =>
        one.facts.title.localeCompare(other.facts.title, 'en'),
      );
    for (const runbook of own) {
      if (!found.has(runbook)) {
        found.set(runbook, undefined);
      }
    }
    return {
      runbooks: [...found]
        .slice(0, MAXIMUM_RUNBOOKS)
        .map(
          ([runbook, match]): RunbookSummary =>
            toSummary(runbook, { isReadable, now: this.#now(), match }),
        ),
      uncovered,
      misconfigurations: await this.#neverRead(entityRef),
    };
  }

  /** Places that its annotations name and that could never be read. */
  async #neverRead(
    entityRef: string,
  ): Promise<EntityReport['misconfigurations']> {
    return (await this.#index.sources()).flatMap(
      ({ entityRefs, readAt, problem }) =>
        problem && readAt === undefined && entityRefs.includes(entityRef)
          ? [{ annotation: RUNBOOKS_ANNOTATION, message: problem.message }]
          : [],
    );
  }
}
