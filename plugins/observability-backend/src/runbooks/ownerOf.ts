import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityFact } from '../catalog/EntityFacts';

/**
 * Whose a runbook is: who it names, else the owner of its first entity that has
 * one. A name that is no reference stays as it is written.
 */
export function ownerOf(
  named: string | undefined,
  entityRefs: readonly string[],
  facts: ReadonlyMap<string, EntityFact>,
): string | undefined {
  if (named === undefined) {
    return entityRefs.flatMap(ref => facts.get(ref)?.ownerRef ?? [])[0];
  }
  const reference = groupRef(named);
  return reference && (named.includes(':') || facts.has(reference))
    ? reference
    : named;
}

/** The person or group that can be told something; `undefined` where the owner is but a text. */
export function recipientOf(owner: string | undefined): string | undefined {
  return owner !== undefined && /^(?:group|user):/.test(owner)
    ? owner
    : undefined;
}

function groupRef(text: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}
