import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Incident,
  IncidentContext,
  RunbookSummary,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityFacts } from '../catalog/EntityFacts';
import { HealthFacts } from '../health/HealthFacts';
import { RunbookReports } from '../runbooks/RunbookReports';
import { readBlastRadius } from './blastRadius';
import { IncidentAccess } from './IncidentAccess';
import { IncidentAudience } from './IncidentAudience';
import { SimilarIncidents } from './SimilarIncidents';

const HOUR_MS = 60 * 60 * 1000;
const MAXIMUM_CHANGES = 30;
const MAXIMUM_SIMILAR = 5;

type IncidentChange = IncidentContext['changes'][number];

/** Gathers what people look for first in an incident. */
export class IncidentContextReader {
  readonly #access: IncidentAccess;
  readonly #audience: IncidentAudience;
  readonly #entities: EntityFacts;
  readonly #health: HealthFacts;
  readonly #runbooks: Pick<RunbookReports, 'ofEntity'>;
  readonly #similar: SimilarIncidents;
  readonly #now: () => Date;

  constructor(options: {
    access: IncidentAccess;
    audience: IncidentAudience;
    entities: EntityFacts;
    health: HealthFacts;
    runbooks: Pick<RunbookReports, 'ofEntity'>;
    similar: SimilarIncidents;
    now?: () => Date;
  }) {
    this.#access = options.access;
    this.#audience = options.audience;
    this.#entities = options.entities;
    this.#health = options.health;
    this.#runbooks = options.runbooks;
    this.#similar = options.similar;
    this.#now = options.now ?? (() => new Date());
  }

  async context(
    idOrNumber: string,
    credentials: BackstageCredentials,
  ): Promise<IncidentContext> {
    const { incident } = await this.#access.toRead(idOrNumber, credentials);
    const entityRefs = await this.#access.readableOf(
      incident.entityRefs,
      credentials,
    );
    const { radius } = await readBlastRadius({
      entities: this.#entities,
      health: this.#health,
      entityRefs,
      readableOf: refs => this.#access.readableOf(refs, credentials),
    });
    const relations = new Map<string, IncidentChange['relation']>(
      radius.map(({ entityRef, side }) => [
        entityRef,
        (
          {
            here: 'involved',
            'depends-on': 'dependency',
            'used-by': 'user',
          } as const
        )[side],
      ]),
    );
    const [changes, runbooks, onCall, similar] = await Promise.all([
      this.#changes(incident, relations),
      this.#matchingRunbooks(entityRefs, incident.metrics, credentials),
      this.#audience.onCall(entityRefs),
      this.#similar.of(incident, { limit: MAXIMUM_SIMILAR }, credentials),
    ]);
    return { changes, blastRadius: radius, runbooks, onCall, similar };
  }

  /** What changed since an hour before the start, the nearest to it first. */
  async #changes(
    incident: Incident,
    relations: ReadonlyMap<string, IncidentChange['relation']>,
  ): Promise<IncidentChange[]> {
    const start = Date.parse(incident.startedAt ?? incident.detectedAt);
    const from = new Date(start - HOUR_MS).toISOString();
    const to = incident.resolvedAt ?? this.#now().toISOString();
    const refs = [...relations.keys()];
    const [releases, transitions] = await Promise.all([
      this.#health.releases(refs, from, to),
      this.#health.statusChanges(refs, from, to),
    ]);
    return [
      ...releases,
      ...transitions
        .filter(
          ({ to: status }) => status === 'warning' || status === 'critical',
        )
        .map(({ at, entityRef, to: status, message }) => ({
          at,
          kind: 'transition',
          entityRef,
          title: message ? `${status}: ${message}` : `${status}`,
        })),
    ]
      .map(change => ({
        ...change,
        secondsBefore: (start - Date.parse(change.at)) / 1000,
        relation: relations.get(change.entityRef) ?? 'involved',
      }))
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, MAXIMUM_CHANGES);
  }

  /** Those that answer what was in breach first, each once. */
  async #matchingRunbooks(
    entityRefs: readonly string[],
    metrics: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<RunbookSummary[]> {
    const found = new Map<string, RunbookSummary>();
    for (const entityRef of entityRefs) {
      const { runbooks } = await this.#runbooks.ofEntity(
        entityRef,
        metrics,
        credentials,
      );
      for (const runbook of runbooks) {
        if (!found.get(runbook.id)?.match) {
          found.set(runbook.id, runbook);
        }
      }
    }
    const all = [...found.values()];
    return [
      ...all.filter(({ match }) => match),
      ...all.filter(({ match }) => !match),
    ];
  }
}

/** What came after the start did not set it off: it stands behind what came before. */
function distance({ secondsBefore }: IncidentChange): number {
  return secondsBefore >= 0
    ? secondsBefore
    : HOUR_MS / 1000 + Math.abs(secondsBefore);
}
