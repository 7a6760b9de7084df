import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  Incident,
  IncidentDetails,
  IncidentList,
  IncidentListQuery,
  IncidentSettings,
  IncidentState,
  IncidentSummary,
  incidentStateSchema,
  movesOf,
  OnCallPerson,
  OPEN_INCIDENT_STATES,
  Timeline,
  TimelineEntry,
  TimelineQuery,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityAccess } from '../access/EntityAccess';
import { EntityFacts } from '../catalog/EntityFacts';
import { CatalogDirectory } from '../oncall/CatalogDirectory';
import { IncidentAccess } from './IncidentAccess';
import {
  decodeIncidentCursor,
  decodeTimelineCursor,
  encodeIncidentCursor,
  encodeTimelineCursor,
} from './incidentCursors';
import {
  IncidentSelection,
  IncidentStore,
  StoredIncident,
} from './IncidentStore';
import { PostmortemStates } from './PostmortemStates';
import { toSummary } from './toSummary';

/** How many incidents that are over a report names. */
const REPORTED_PAST = 5;
const MAXIMUM_REPORTED = 50;
const EXPORT_PAGE = 200;

/** Answers what pages, scripts and agents ask about incidents, each within what the caller may see. */
export class IncidentService {
  readonly #store: IncidentStore;
  readonly #incidentAccess: IncidentAccess;
  readonly #access: EntityAccess;
  readonly #directory: Pick<CatalogDirectory, 'people'>;
  readonly #entities: EntityFacts;
  readonly #postmortems: PostmortemStates;
  readonly #settings: IncidentSettings;
  readonly #now: () => Date;

  constructor(options: {
    store: IncidentStore;
    incidentAccess: IncidentAccess;
    access: EntityAccess;
    directory: Pick<CatalogDirectory, 'people'>;
    entities: EntityFacts;
    postmortems: PostmortemStates;
    settings: IncidentSettings;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#incidentAccess = options.incidentAccess;
    this.#access = options.access;
    this.#directory = options.directory;
    this.#entities = options.entities;
    this.#postmortems = options.postmortems;
    this.#settings = options.settings;
    this.#now = options.now ?? (() => new Date());
  }

  /** Incidents: open ones first, the worst first, then the one declared last. */
  async list(
    query: IncidentListQuery,
    credentials: BackstageCredentials,
  ): Promise<IncidentList> {
    const readable = await this.#incidentAccess.readable(credentials);
    const selection: IncidentSelection = {
      severities: query.severity,
      entityRefs: await this.#asked(query, readable),
      text: query.q,
      declaredFrom: query.from,
      declaredBefore: query.to,
    };
    const [rows, openCount] = await Promise.all([
      this.#store.list({
        ...selection,
        states: statesOf(query.state),
        after:
          query.cursor === undefined
            ? undefined
            : decodeIncidentCursor(query.cursor),
        limit: query.limit + 1,
      }),
      this.#store.count({ ...selection, states: OPEN_INCIDENT_STATES }),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const isReadable = (ref: string) => readable === 'all' || readable.has(ref);
    return {
      items: page.map(({ stored }) => toSummary(stored, isReadable)),
      ...(last && rows.length > page.length
        ? { nextCursor: encodeIncidentCursor(last.position) }
        : {}),
      openCount,
    };
  }

  /** An incident, and what it can become. */
  async get(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    return this.details(
      await this.#incidentAccess.toRead(idOrNumber, credentials),
      credentials,
    );
  }

  /** An incident as its page needs it, for a caller who was found to be allowed to see it. */
  async details(
    { incident, sequence }: StoredIncident,
    credentials: BackstageCredentials,
  ): Promise<IncidentDetails> {
    const [shown, postmortemPublished, people] = await Promise.all([
      this.#incidentAccess.shown(incident, credentials),
      this.#postmortems.isPublished(incident.id),
      this.#people(incident),
    ]);
    const { severities, ...limits } = this.#settings;
    const { acknowledge, updateEverySeconds } = severities[incident.severity];
    return {
      incident: shown,
      moves: movesOf(incident, {
        settings: this.#settings,
        now: this.#now().toISOString(),
        postmortemPublished,
      }),
      people,
      limits: {
        ...limits,
        updateEverySeconds,
        ...(acknowledge && 'withinSeconds' in acknowledge
          ? { acknowledgeWithinSeconds: acknowledge.withinSeconds }
          : {}),
      },
      sequence,
    };
  }

  /** A page of a timeline; or what was written after a sequence. */
  async timeline(
    idOrNumber: string,
    query: TimelineQuery,
    credentials: BackstageCredentials,
  ): Promise<Timeline> {
    const { incident, sequence } = await this.#incidentAccess.toRead(
      idOrNumber,
      credentials,
    );
    const { after, limit } = query;
    if (after !== undefined && query.cursor !== undefined) {
      throw new InputError('"cursor": goes with pages, not with "after"');
    }
    const found =
      after === undefined
        ? await this.#store.timeline({
            incidentId: incident.id,
            kinds: query.kind,
            pinned: query.pinned,
            before:
              query.cursor === undefined
                ? undefined
                : decodeTimelineCursor(query.cursor),
            limit: limit + 1,
          })
        : await this.#store.tail({ incidentId: incident.id, after, limit });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      ...(last && found.length > items.length
        ? { nextCursor: encodeTimelineCursor(last) }
        : {}),
      sequence,
      version: incident.version,
      pins: await this.#store.pins(incident.id),
    };
  }

  /** All of a timeline, the first entry first. */
  async wholeTimeline(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<{ incident: Incident; entries: TimelineEntry[] }> {
    const { incident } = await this.#incidentAccess.toRead(
      idOrNumber,
      credentials,
    );
    return {
      incident: await this.#incidentAccess.shown(incident, credentials),
      entries: await this.entriesOf(incident.id),
    };
  }

  /** All entries of an incident, the first one first. For the system's own use. */
  async entriesOf(incidentId: string): Promise<TimelineEntry[]> {
    const entries: TimelineEntry[] = [];
    let before: TimelineEntry | undefined;
    do {
      const page = await this.#store.timeline({
        incidentId,
        before,
        limit: EXPORT_PAGE,
      });
      entries.push(...page);
      before = page.length === EXPORT_PAGE ? page.at(-1) : undefined;
    } while (before);
    return entries.reverse();
  }

  /**
   * The incidents of an entity: all that are open, then the last ones that are
   * over. For reports, whose readers need no permission of their own for it:
   * without it, there is nothing to tell.
   */
  async ofEntity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<IncidentSummary[]> {
    const canRead = await this.#incidentAccess.isAllowedToRead(credentials);
    if (!canRead) {
      return [];
    }
    const rows = await this.#store.list({
      entityRefs: [entityRef],
      limit: MAXIMUM_REPORTED,
    });
    const isOpen = (state: IncidentState) =>
      OPEN_INCIDENT_STATES.includes(state);
    const stored = rows.map(row => row.stored);
    const shown = [
      ...stored.filter(({ incident }) => isOpen(incident.state)),
      ...stored
        .filter(({ incident }) => !isOpen(incident.state))
        .slice(0, REPORTED_PAST),
    ];
    const refs = await this.#access.readableOf(
      credentials,
      shown.flatMap(({ incident }) => incident.entityRefs),
    );
    return shown.map(one => toSummary(one, ref => refs.has(ref)));
  }

  /** How many incidents of each entity are open. Without the permission, none. */
  async countOpen(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, number>> {
    return (await this.#incidentAccess.isAllowedToRead(credentials))
      ? this.#store.countOpen(entityRefs)
      : new Map();
  }

  async #people({
    roles,
    declaredBy,
    headline,
  }: Incident): Promise<OnCallPerson[]> {
    const { people } = await this.#directory.people(
      [
        roles.commander,
        roles.scribe,
        roles.communications,
        ...roles.responders,
        declaredBy,
        headline?.by,
      ].flatMap(ref => (ref?.startsWith('user:') ? [ref] : [])),
    );
    return [...people.values()];
  }

  /** The entities that a list is narrowed to; `undefined` where it is not. */
  async #asked(
    { entityRef, owner }: IncidentListQuery,
    readable: 'all' | ReadonlySet<string>,
  ): Promise<string[] | undefined> {
    const sets: string[][] = [];
    if (entityRef !== undefined) {
      sets.push([entityRef]);
    }
    if (owner !== undefined) {
      sets.push(await this.#entities.ownedBy(owner));
    }
    if (sets.length === 0) {
      return readable === 'all' ? undefined : [...readable];
    }
    return sets
      .reduce((all, set) => all.filter(ref => set.includes(ref)))
      .filter(ref => readable === 'all' || readable.has(ref));
  }
}

function statesOf(
  asked: IncidentListQuery['state'],
): readonly IncidentState[] | undefined {
  return asked?.flatMap(state =>
    state === 'open'
      ? [...OPEN_INCIDENT_STATES]
      : incidentStateSchema.parse(state),
  );
}
