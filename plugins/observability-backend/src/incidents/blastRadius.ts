import {
  BlastRadiusEntity,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntityFacts } from '../catalog/EntityFacts';
import { HealthFacts, ObservedEntity } from '../health/HealthFacts';

/** Worst first; what nobody watches is unknown and stands before what is well. */
const RANK: Record<Status | 'none', number> = {
  critical: 0,
  warning: 1,
  unknown: 2,
  none: 2,
  ok: 3,
};

/** The services of an incident with what is one step away from them, of those that may be read. */
export async function readBlastRadius(options: {
  entities: EntityFacts;
  health: HealthFacts;
  entityRefs: readonly string[];
  readableOf: (refs: readonly string[]) => Promise<string[]>;
}): Promise<{
  radius: BlastRadiusEntity[];
  facts: Map<string, ObservedEntity>;
}> {
  const { entities, health, entityRefs, readableOf } = options;
  const { dependsOn, usedBy } = await entities.neighbours(entityRefs);
  const all = await readableOf([
    ...new Set([...entityRefs, ...usedBy, ...dependsOn]),
  ]);
  const known = await health.describe(all);
  const sideOf = (refs: readonly string[], side: BlastRadiusEntity['side']) =>
    refs
      .filter(ref => all.includes(ref))
      .map(ref => toEntity(ref, side, known.get(ref)))
      .sort(
        (a, b) =>
          RANK[a.status ?? 'none'] - RANK[b.status ?? 'none'] ||
          a.title.localeCompare(b.title, 'en'),
      );
  return {
    radius: [
      ...sideOf(usedBy, 'used-by'),
      ...sideOf(entityRefs, 'here'),
      ...sideOf(dependsOn, 'depends-on'),
    ],
    facts: known,
  };
}

function toEntity(
  entityRef: string,
  side: BlastRadiusEntity['side'],
  known: ObservedEntity | undefined,
): BlastRadiusEntity {
  const [reason] = known?.reasons ?? [];
  return {
    entityRef,
    title: known?.title ?? entityRef,
    side,
    status: known?.status ?? null,
    ...(reason ? { reason } : {}),
  };
}
