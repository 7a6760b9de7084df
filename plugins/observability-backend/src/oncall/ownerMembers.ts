import {
  Entity,
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogDirectory } from './CatalogDirectory';

/** Groups below groups are followed this far. */
const MAXIMUM_DEPTH = 10;

/**
 * The users of a group and of the groups below it, by the relations of the
 * catalog; `undefined` where none are known, so that nothing can be said of who
 * does not belong to it.
 */
export async function ownerMembersOf(
  directory: Pick<CatalogDirectory, 'entities'>,
  owner: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  const members = new Set<string>();
  const seen = new Set<string>();
  let groups = owner === undefined ? [] : [owner];
  for (let depth = 0; groups.length > 0 && depth < MAXIMUM_DEPTH; depth++) {
    groups.forEach(group => seen.add(group));
    const below = new Set<string>();
    for (const entity of (await directory.entities(groups)).values()) {
      related(entity, RELATION_HAS_MEMBER).forEach(user => members.add(user));
      related(entity, RELATION_PARENT_OF).forEach(group => below.add(group));
    }
    groups = [...below].filter(group => !seen.has(group));
  }
  return members.size > 0 ? members : undefined;
}

/** What the warnings of a schedule are told: nothing where nothing is known. */
export async function ownerMemberCheck(
  directory: Pick<CatalogDirectory, 'entities'>,
  owner: string | undefined,
): Promise<{ isOwnerMember?: (entityRef: string) => boolean }> {
  const members = await ownerMembersOf(directory, owner);
  return members ? { isOwnerMember: ref => members.has(ref) } : {};
}

function related(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => stringifyEntityRef(parseEntityRef(targetRef)));
}
