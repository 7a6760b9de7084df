import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  EntityHealthList,
  EntityReport,
  healthReadPermission,
  healthRefreshPermission,
  Resolution,
  Series,
  signalId,
  SignalIdentity,
  signalKindSchema,
  ThresholdOverrides,
  unitOfSeries,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { RunbookReports } from '../runbooks/RunbookReports';
import { IncidentService } from '../incidents/IncidentService';
import { OnCallService } from '../oncall/OnCallService';
import { CollectionService } from '../collection/CollectionService';
import { UptimeService } from '../uptime/UptimeService';
import { buildReport, firstReasonAt, metricsInBreach } from './buildReport';
import { decodeCursor, toPage } from './cursor';
import { findChanges } from './findChanges';
import {
  EntityHealthFilter,
  HealthReadStore,
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
  restoreTests: [],
};

/** Answers what pages, scripts and agents ask about health, each within what the caller may see. */
export class HealthService {
  readonly #store: HealthReadStore;
  readonly #collection: CollectionService;
  readonly #uptime: UptimeService;
  readonly #onCall: Pick<OnCallService, 'ofEntities'>;
  readonly #runbooks: Pick<RunbookReports, 'ofEntity'>;
  readonly #incidents: Pick<IncidentService, 'ofEntity' | 'countOpen'>;
  readonly #access: EntityAccess;
  readonly #thresholds: ThresholdOverrides;
  readonly #now: () => Date;

  constructor(options: {
    store: HealthReadStore;
    collection: CollectionService;
    uptime: UptimeService;
    onCall: Pick<OnCallService, 'ofEntities'>;
    runbooks: Pick<RunbookReports, 'ofEntity'>;
    incidents: Pick<IncidentService, 'ofEntity' | 'countOpen'>;
    access: EntityAccess;
    thresholds: ThresholdOverrides;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#collection = options.collection;
    this.#uptime = options.uptime;
    this.#onCall = options.onCall;
    this.#runbooks = options.runbooks;
    this.#incidents = options.incidents;
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
    const stored = await this.#store.report(entityRef);
    await this.#access.assertReadable(
      credentials,
      entityRef,
      stored !== undefined,
    );
    const { kind, name } = parseEntityRef(entityRef);
    const known = stored ?? { ...NOTHING_STORED, title: name, kind };
    const first = firstReasonAt(known);
    const now = this.#now();
    const [changes, members, uptime, onCall, runbooks, incidents] =
      await Promise.all([
        first ? this.#changes(entityRef, first, credentials) : [],
        CONTAINER_KINDS.has(known.kind)
          ? this.#members(entityRef, credentials)
          : undefined,
        this.#uptime.complete(uptimeDataOf(known), now),
        this.#onCall.ofEntities([entityRef], credentials),
        this.#runbooks.ofEntity(entityRef, metricsInBreach(known), credentials),
        this.#incidents.ofEntity(entityRef, credentials),
      ]);
    return buildReport({
      entityRef,
      stored: known,
      thresholds: this.#thresholds,
      changes,
      members,
      uptime,
      onCall: onCall.get(entityRef),
      runbooks,
      incidents,
      now,
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
    const page = toPage(rows, limit, cursor?.direction);
    const entityRefs = page.items.map(({ entityRef }) => entityRef);
    const [uptime, onCall, openIncidents] = await Promise.all([
      this.#uptime.summaries(entityRefs, this.#now()),
      this.#onCall.ofEntities(entityRefs, credentials),
      this.#incidents.countOpen(entityRefs, credentials),
    ]);
    return {
      ...page,
      items: page.items.map(item => ({
        ...item,
        uptime: uptime.get(item.entityRef),
        onCall: onCall.get(item.entityRef)?.onCall ?? [],
        openIncidents: openIncidents.get(item.entityRef) ?? 0,
      })),
      totals,
      facets,
      sources,
    };
  }

  /** What the signals of an entity are. Throws when the caller may not read it. */
  async signalsOf(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<(SignalIdentity & { targetId: number })[]> {
    const signals = await this.#store.signalsOf(entityRef);
    await this.#access.assertReadable(
      credentials,
      entityRef,
      signals !== undefined,
    );
    return signals ?? [];
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
    const all = await this.signalsOf(options.entityRef, credentials);
    const signals = all.filter(
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
          unit: unitOfSeries(options.metric),
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
    const signals = await this.signalsOf(entityRef, credentials);
    const now = this.#now();
    if (signals.length === 0) {
      return { requestedAt: now.toISOString(), alreadyRequested: false };
    }
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

  async #changes(
    entityRef: string,
    firstReason: string,
    credentials: BackstageCredentials,
  ) {
    const dependencies = await this.#store.dependenciesOf(entityRef);
    const readable = await this.#access.readableOf(credentials, dependencies);
    return findChanges({
      store: this.#store,
      entityRef,
      firstReasonAt: firstReason,
      dependencies: dependencies.filter(ref => readable.has(ref)),
    });
  }

  async #members(entityRef: string, credentials: BackstageCredentials) {
    const members = await this.#store.membersOf(entityRef);
    const readable = await this.#access.readableOf(
      credentials,
      members.map(member => member.entityRef),
    );
    return members.filter(member => readable.has(member.entityRef));
  }
}

/** What the sources last said of monitors, by target. */
function uptimeDataOf(
  stored: Pick<StoredReport, 'signals'>,
): { targetId: number; data: string }[] {
  return stored.signals.flatMap(({ kind, targetId, data }) =>
    kind === 'uptime' && data !== null ? [{ targetId, data }] : [],
  );
}
