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

/** See {@link belongingsOf}. */
export interface Belongings {
  refs: readonly string[];
  owner?: string;
}

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

  relationOf({ refs, owner }: Belongings): Relation | undefined {
    if (this.#byRef.size === 0) {
      return undefined;
    }
    let nearest: Relation | undefined =
      owner !== undefined && owner === this.#owner ? 'owner' : undefined;
    for (const ref of refs) {
      const relation = this.#byRef.get(ref);
      if (distanceOf(relation) < distanceOf(nearest)) {
        nearest = relation;
      }
    }
    return nearest;
  }
}

/** Whose a runbook is, in the form in which references are compared. */
export function belongingsOf(document: LookupDocument): Belongings {
  return {
    refs: document.entityRefs.map(lower),
    ...(document.owner === undefined ? {} : { owner: lower(document.owner) }),
  };
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
