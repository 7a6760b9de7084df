import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  compareIncidents,
  Incident,
  IncidentTraits,
  SimilarIncident,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityFacts } from '../catalog/EntityFacts';
import { IncidentAccess } from './IncidentAccess';
import { IncidentStore, StoredIncident } from './IncidentStore';
import { PastCause, PostmortemStates } from './PostmortemStates';
import { toSummary } from './toSummary';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is older was another system. */
const BEHIND_DAYS = 730;
const MAXIMUM_CANDIDATES = 1000;
/** Less in common than this is no help. */
const LEAST_SCORE = 0.15;

/** Something of the past, with what is compared of it. */
interface Candidate {
  stored?: StoredIncident;
  cause?: PastCause;
  traits: IncidentTraits;
}

/** Finds incidents and postmortems of the past that look like one of now, and says why. */
export class SimilarIncidents {
  readonly #store: IncidentStore;
  readonly #access: IncidentAccess;
  readonly #entities: EntityFacts;
  readonly #postmortems: PostmortemStates;
  readonly #now: () => Date;

  constructor(options: {
    store: IncidentStore;
    access: IncidentAccess;
    entities: EntityFacts;
    postmortems: PostmortemStates;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#access = options.access;
    this.#entities = options.entities;
    this.#postmortems = options.postmortems;
    this.#now = options.now ?? (() => new Date());
  }

  /** Those that look like an incident. */
  async of(
    incident: Incident,
    options: { limit: number },
    credentials: BackstageCredentials,
  ): Promise<SimilarIncident[]> {
    const { entityRefs, metrics, title, headline } = incident;
    return this.find(
      {
        entityRefs,
        metrics,
        text: `${title}\n${headline?.text ?? ''}`,
        exceptId: incident.id,
        ...options,
      },
      credentials,
    );
  }

  /** Those that have something in common with what is asked for, the most alike first. */
  async find(
    options: {
      entityRefs: readonly string[];
      metrics: readonly string[];
      trigger?: string;
      text: string;
      /** It is like itself. */
      exceptId?: string;
      limit: number;
    },
    credentials: BackstageCredentials,
  ): Promise<SimilarIncident[]> {
    const readable = await this.#access.readable(credentials);
    const isReadable = (ref: string) => readable === 'all' || readable.has(ref);
    const candidates = await this.#candidates(options.exceptId);
    const dependencies = await this.#entities.dependencies([
      ...options.entityRefs,
      ...candidates.flatMap(({ traits }) => traits.entityRefs),
    ]);
    const dependenciesOf = (refs: readonly string[]) =>
      refs.flatMap(ref => dependencies.get(ref) ?? []).filter(isReadable);
    const asked: IncidentTraits = {
      entityRefs: options.entityRefs,
      dependencies: dependenciesOf(options.entityRefs),
      metrics: options.metrics,
      trigger: options.trigger,
      factors: [],
      text: options.text,
    };

    return candidates
      .flatMap(({ stored, cause, traits }): SimilarIncident[] => {
        const entityRefs = traits.entityRefs.filter(isReadable);
        // What was collected for no service of the catalog is for all to see.
        if (entityRefs.length === 0 && traits.entityRefs.length > 0) {
          return [];
        }
        const { score, reasons } = compareIncidents(asked, {
          ...traits,
          entityRefs,
          dependencies: dependenciesOf(traits.entityRefs),
        });
        return score < LEAST_SCORE
          ? []
          : [
              {
                ...(stored ? { incident: toSummary(stored, isReadable) } : {}),
                ...(cause
                  ? {
                      postmortem: {
                        id: cause.postmortemId,
                        title: cause.title,
                      },
                    }
                  : {}),
                at: stored
                  ? stored.incident.startedAt ?? stored.incident.detectedAt
                  : cause?.at,
                resolution: cause?.resolution,
                reasons,
                score,
              },
            ];
      })
      .sort(
        (a, b) => b.score - a.score || (b.at ?? '').localeCompare(a.at ?? ''),
      )
      .slice(0, options.limit);
  }

  /** All of the past, each incident once with what its postmortem says. */
  async #candidates(exceptId: string | undefined): Promise<Candidate[]> {
    const since = new Date(
      this.#now().getTime() - BEHIND_DAYS * DAY_MS,
    ).toISOString();
    const [rows, causes] = await Promise.all([
      this.#store.list({ declaredFrom: since, limit: MAXIMUM_CANDIDATES }),
      this.#postmortems.causes({ since, limit: MAXIMUM_CANDIDATES }),
    ]);
    const causeOf = new Map(
      causes.map(cause => [cause.incidentId ?? cause.postmortemId, cause]),
    );
    const incidents = rows
      .map(({ stored }) => stored)
      .filter(
        ({ incident }) => incident.id !== exceptId && !incident.mergedInto,
      )
      .map(stored => {
        const cause = causeOf.get(stored.incident.id);
        return { stored, cause, traits: traitsOf(stored.incident, cause) };
      });
    const others = causes
      .filter(({ incidentId }) => incidentId === undefined)
      .map(cause => ({ cause, traits: traitsOfCause(cause) }));
    return [...incidents, ...others];
  }
}

function traitsOf(
  { entityRefs, metrics, title, headline }: Incident,
  cause: PastCause | undefined,
): IncidentTraits {
  return {
    entityRefs,
    dependencies: [],
    metrics,
    trigger: cause?.trigger,
    factors: cause?.factors ?? [],
    text: [title, headline?.text ?? '', cause?.text ?? ''].join('\n'),
  };
}

function traitsOfCause(cause: PastCause): IncidentTraits {
  const { entityRefs, trigger, factors, text } = cause;
  return { entityRefs, dependencies: [], metrics: [], trigger, factors, text };
}
