import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CoverageQuery,
  CoverageReport,
  CoverageRow,
  runbookReadPermission,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  countCoverage,
  coverageByOwner,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { EntityAccess } from '../../access/EntityAccess';
import { EntityFacts } from '../../catalog/EntityFacts';
import { offsetOf, pageOf } from '../pages';
import { RunbookIndex } from '../RunbookIndex';
import { isVisible } from '../summaries';
import { coverageRows } from './coverageRows';
import { CoverageDay, CoverageStore } from './CoverageStore';

const DAY_MS = 24 * 3_600_000;

/** Answers which alerts of which services have a runbook to rely on. */
export class CoverageService {
  readonly #index: RunbookIndex;
  readonly #store: CoverageStore;
  readonly #entities: EntityFacts;
  readonly #access: EntityAccess;
  readonly #thresholds: ThresholdOverrides;
  readonly #now: () => Date;

  constructor(options: {
    index: RunbookIndex;
    store: CoverageStore;
    entities: EntityFacts;
    access: EntityAccess;
    /** Of the configuration. */
    thresholds: ThresholdOverrides;
    now?: () => Date;
  }) {
    this.#index = options.index;
    this.#store = options.store;
    this.#entities = options.entities;
    this.#access = options.access;
    this.#thresholds = options.thresholds;
    this.#now = options.now ?? (() => new Date());
  }

  /** The coverage of what the caller may read. */
  async report(
    query: CoverageQuery,
    credentials: BackstageCredentials,
  ): Promise<CoverageReport> {
    await this.#access.assertPermission(credentials, runbookReadPermission);
    const { entityRef, owner: owners, state: states } = query;
    if (entityRef !== undefined) {
      await this.#access.assertReadable(credentials, entityRef, false);
    }
    const readable = await this.#access.readable(credentials);
    const isReadable = (ref: string) => readable === 'all' || readable.has(ref);
    const rows = await this.#rows(
      entity =>
        isReadable(entity.entityRef) &&
        (entityRef === undefined || entity.entityRef === entityRef) &&
        (!owners?.length || owners.includes(entity.ownerRef ?? '')),
      isReadable,
    );
    const items = rows.filter(
      row => !states?.length || states.includes(row.state),
    );
    return {
      ...pageOf(items, offsetOf(query.cursor), query.limit),
      counts: countCoverage(rows),
      owners: coverageByOwner(rows),
      trend: await this.#store.trend({
        from: dayOf(this.#now().getTime() - (query.days - 1) * DAY_MS),
        entityRefs: entityRef === undefined ? listOf(readable) : [entityRef],
        owners,
      }),
    };
  }

  /** Writes down how it is today. */
  async record(): Promise<void> {
    const day = dayOf(this.#now().getTime());
    const days = new Map<string, CoverageDay>();
    for (const row of await this.#rows(
      () => true,
      () => true,
    )) {
      const known = days.get(row.entityRef) ?? {
        day,
        entityRef: row.entityRef,
        ownerRef: row.owner,
        ok: 0,
        total: 0,
      };
      known.total += 1;
      known.ok += row.state === 'ok' ? 1 : 0;
      days.set(row.entityRef, known);
    }
    await this.#store.save([...days.values()]);
  }

  async #rows(
    isWanted: (entity: { entityRef: string; ownerRef?: string }) => boolean,
    isReadable: (entityRef: string) => boolean,
  ): Promise<CoverageRow[]> {
    const [entities, runbooks] = await Promise.all([
      this.#entities.watched(),
      this.#index.runbooks(),
    ]);
    return coverageRows({
      entities: entities.filter(isWanted),
      runbooks: [...runbooks.values()].filter(runbook =>
        isVisible(runbook, isReadable),
      ),
      thresholds: this.#thresholds,
      now: this.#now(),
    });
  }
}

function listOf(readable: 'all' | ReadonlySet<string>): 'all' | string[] {
  return readable === 'all' ? 'all' : [...readable];
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
