import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  Incident,
  IncidentMetrics,
  IncidentMetricsQuery,
  summarizeIncidents,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityFacts } from '../catalog/EntityFacts';
import { IncidentAccess } from './IncidentAccess';
import { IncidentPosition, IncidentStore } from './IncidentStore';
import { PostmortemStates } from './PostmortemStates';

const PAGE = 500;

/** Counts how a team deals with incidents. */
export class IncidentFigures {
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

  /** Of incidents that were declared in a time, with a service of an owner, that the caller may read. */
  async metrics(
    query: IncidentMetricsQuery,
    credentials: BackstageCredentials,
  ): Promise<IncidentMetrics> {
    const from = new Date(query.from).toISOString();
    const to = new Date(query.to).toISOString();
    if (from >= to) {
      throw new InputError('"to": must be later than "from"');
    }
    const readable = await this.#access.readable(credentials);
    const owned =
      query.owner === undefined
        ? undefined
        : await this.#entities.ownedBy(query.owner);
    const entityRefs =
      readable === 'all'
        ? owned
        : (owned ?? [...readable]).filter(ref => readable.has(ref));
    const [incidents, figures] = await Promise.all([
      this.#all({ from, to, entityRefs }),
      this.#postmortems.figures({
        from,
        to,
        entityRefs,
        now: this.#now().toISOString(),
      }),
    ]);
    return { from, to, rows: summarizeIncidents(incidents), ...figures };
  }

  async #all(options: {
    from: string;
    to: string;
    entityRefs?: string[];
  }): Promise<Incident[]> {
    const { from, to, entityRefs } = options;
    const incidents: Incident[] = [];
    let after: IncidentPosition | undefined;
    do {
      const page = await this.#store.list({
        declaredFrom: from,
        declaredBefore: to,
        entityRefs,
        after,
        limit: PAGE,
      });
      incidents.push(...page.map(({ stored }) => stored.incident));
      after = page.length === PAGE ? page.at(-1)?.position : undefined;
    } while (after);
    return incidents;
  }
}
