import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  EntityHealthList,
  EntityReport,
  findMetric,
  healthReadPermission,
  healthRefreshPermission,
  Resolution,
  Series,
  signalId,
  signalKindSchema,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { CollectionService } from '../collection/CollectionService';
import { buildReport, firstReasonAt } from './buildReport';
import { decodeCursor, encodeCursor } from './cursor';
import { findChanges } from './findChanges';
import {
  EntityHealthFilter,
  HealthReadStore,
  ListedEntity,
  StoredReport,
} from './HealthReadStore';

/** A person may ask for fresh data of an entity once in this time. */
const REFRESH_PAUSE_MS = 30_000;

const CONTAINER_KINDS = new Set(['system', 'domain', 'group']);

/** What is known of an entity that the index has not met yet. */
const NOTHING_STORED: Omit<StoredReport, 'title' | 'kind'> = {
  status: null,
  since: null,
  thresholds: {},
  misconfigurations: [],
  signals: [],
};

/** Answers what pages, scripts and agents ask about health, each within what the caller may see. */
export class HealthService {
  readonly #store: HealthReadStore;
  readonly #collection: CollectionService;
  readonly #access: EntityAccess;
  readonly #thresholds: ThresholdOverrides;
  readonly #now: () => Date;

  constructor(options: {
    store: HealthReadStore;
    collection: CollectionService;
    access: EntityAccess;
    thresholds: ThresholdOverrides;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#collection = options.collection;
    this.#access = options.access;
    this.#thresholds = options.thresholds;
    this.#now = options.now ?? (() => new Date());
  }

  /** All that the pages of an entity draw. */
  async report(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<EntityReport> {
    await this.#access.assertPermission(credentials, healthReadPermission);
    const stored = await this.#readableReport(entityRef, credentials);
    const first = firstReasonAt(stored);
    const [changes, members] = await Promise.all([
      first ? this.#changes(entityRef, first, credentials) : [],
      CONTAINER_KINDS.has(stored.kind)
        ? this.#members(entityRef, credentials)
        : undefined,
    ]);
    return buildReport({
      entityRef,
      stored,
      thresholds: this.#thresholds,
      changes,
      members,
      now: this.#now(),
    });
  }

  /** A page of the list of all services. */
  async list(
    options: { filter: EntityHealthFilter; limit: number; cursor?: string },
    credentials: BackstageCredentials,
  ): Promise<EntityHealthList> {
    await this.#access.assertPermission(credentials, healthReadPermission);
    const readable = await this.#access.readable(credentials);
    const cursor = options.cursor ? decodeCursor(options.cursor) : undefined;
    const { filter, limit } = options;
    const [rows, totals, facets, sources] = await Promise.all([
      this.#store.list({
        filter,
        readable,
        limit,
        ...(cursor ? { [cursor.direction]: cursor.position } : {}),
      }),
      this.#store.totals({ filter, readable }),
      this.#store.facets(readable),
      this.#collection.sources(readable),
    ]);
    return {
      ...toPage(rows, limit, cursor?.direction),
      totals,
      facets,
      sources,
    };
  }

  /** The series of a metric of an entity; one for each signal and subject that has it. */
  async series(
    options: {
      entityRef: string;
      metric: string;
      signal?: string;
      subject?: string;
      from: Date;
      to: Date;
      resolution: Resolution;
    },
    credentials: BackstageCredentials,
  ): Promise<Series[]> {
    await this.#access.assertPermission(credentials, healthReadPermission);
    const [kind] = options.metric.split('.');
    if (!signalKindSchema.safeParse(kind).success) {
      throw new InputError(
        `There is no metric "${
          options.metric
        }"; it begins with one of ${signalKindSchema.options.join(', ')}`,
      );
    }
    const stored = await this.#readableReport(options.entityRef, credentials);
    const signals = stored.signals.filter(
      signal =>
        signal.kind === kind &&
        (options.signal === undefined || signalId(signal) === options.signal),
    );
    if (options.signal !== undefined && signals.length === 0) {
      throw new NotFoundError(
        `${options.entityRef} has no signal "${options.signal}" with the metric ${options.metric}`,
      );
    }
    const found = await Promise.all(
      signals.map(async signal => {
        const series = await this.#store.series({
          targetId: signal.targetId,
          metric: options.metric,
          subject: options.subject,
          from: Math.floor(options.from.getTime() / 1000),
          to: Math.ceil(options.to.getTime() / 1000),
          resolution: options.resolution,
        });
        return series.map(({ subject, points }) => ({
          signalId: signalId(signal),
          ...(subject ? { subject } : {}),
          metric: options.metric,
          unit: unitOf(options.metric),
          points,
        }));
      }),
    );
    return found.flat();
  }

  /** Asks the sources of an entity at once; at most once in 30 s, whoever asks. */
  async refresh(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<{ requestedAt: string; alreadyRequested: boolean }> {
    await this.#access.assertPermission(credentials, healthRefreshPermission);
    await this.#readableReport(entityRef, credentials);
    const now = this.#now();
    const claimed = await this.#store.claimRefresh(
      entityRef,
      now,
      new Date(now.getTime() - REFRESH_PAUSE_MS),
    );
    if (claimed) {
      await this.#collection.requestEntity(entityRef, now);
    }
    return { requestedAt: now.toISOString(), alreadyRequested: !claimed };
  }

  async #readableReport(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<StoredReport> {
    const stored = await this.#store.report(entityRef);
    await this.#access.assertReadable(
      credentials,
      entityRef,
      stored !== undefined,
    );
    const { kind, name } = parseEntityRef(entityRef);
    return stored ?? { ...NOTHING_STORED, title: name, kind };
  }

  async #changes(
    entityRef: string,
    firstReason: string,
    credentials: BackstageCredentials,
  ) {
    const [dependencies, readable] = await Promise.all([
      this.#store.dependenciesOf(entityRef),
      this.#access.readable(credentials),
    ]);
    return findChanges({
      store: this.#store,
      entityRef,
      firstReasonAt: firstReason,
      dependencies: dependencies.filter(
        ref => readable === 'all' || readable.has(ref),
      ),
    });
  }

  async #members(entityRef: string, credentials: BackstageCredentials) {
    const [members, readable] = await Promise.all([
      this.#store.membersOf(entityRef),
      this.#access.readable(credentials),
    ]);
    return members.filter(
      member => readable === 'all' || readable.has(member.entityRef),
    );
  }
}

/** Cuts the row that only tells whether there is more, and puts a cursor at each end that has more. */
function toPage(
  rows: ListedEntity[],
  limit: number,
  direction: 'after' | 'before' | undefined,
): Pick<EntityHealthList, 'items' | 'nextCursor' | 'previousCursor'> {
  const more = rows.length > limit;
  let page = rows;
  if (more) {
    page = direction === 'before' ? rows.slice(1) : rows.slice(0, limit);
  }
  const first = page.at(0);
  const last = page.at(-1);
  const hasNext = direction === 'before' || more;
  const hasPrevious = direction === 'before' ? more : direction === 'after';
  return {
    items: page.map(({ health }) => health),
    ...(last && hasNext
      ? {
          nextCursor: encodeCursor({
            direction: 'after',
            position: last.position,
          }),
        }
      : {}),
    ...(first && hasPrevious
      ? {
          previousCursor: encodeCursor({
            direction: 'before',
            position: first.position,
          }),
        }
      : {}),
  };
}

/** Series that have no thresholds are no `METRICS`; their unit is in their name. */
function unitOf(metric: string): string {
  const known = findMetric(metric);
  if (known) {
    return known.unit;
  }
  if (metric.endsWith('Ms')) {
    return 'milliseconds';
  }
  if (metric.endsWith('PerMinute')) {
    return 'per-minute';
  }
  return metric.endsWith('Rate') ? 'fraction' : 'count';
}
