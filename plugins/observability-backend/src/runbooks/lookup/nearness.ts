import {
  LookupDocument,
  Relation,
  RELATIONS,
  Surroundings,
} from './LookupDocument';

/** What a match in text gains by belonging to the service, or to what is around it. */
const BOOSTS: Record<Relation, number> = {
  own: 2.5,
  system: 1.6,
  dependency: 1.4,
  owner: 1.15,
};

/** How near runbooks are to one service. */
export class Nearness {
  readonly #byRef = new Map<string, Relation>();
  readonly #owner: string | undefined;

  constructor(near: Surroundings | undefined) {
    this.#owner = near?.owner && lower(near.owner);
    for (const ref of near?.dependencies ?? []) {
      this.#byRef.set(lower(ref), 'dependency');
    }
    for (const ref of near?.system ?? []) {
      this.#byRef.set(lower(ref), 'system');
    }
    if (near) {
      this.#byRef.set(lower(near.entityRef), 'own');
    }
  }

  relationOf(document: LookupDocument): Relation | undefined {
    if (this.#byRef.size === 0) {
      return undefined;
    }
    const relations = new Set(
      document.entityRefs.map(ref => this.#byRef.get(lower(ref))),
    );
    if (this.#owner !== undefined && document.owner !== undefined) {
      relations.add(
        lower(document.owner) === this.#owner ? 'owner' : undefined,
      );
    }
    return RELATIONS.find(relation => relations.has(relation));
  }
}

/** 0 for the service's own, more for what is farther. */
export function distanceOf(relation: Relation | undefined): number {
  return relation === undefined
    ? RELATIONS.length
    : RELATIONS.indexOf(relation);
}

/** See {@link BOOSTS}. */
export function boostOf(relation: Relation | undefined): number {
  return relation === undefined ? 1 : BOOSTS[relation];
}

function lower(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}
