import {
  Change,
  ReleasesData,
} from '@watchkeeper/backstage-plugin-observability-common';
import { HealthReadStore } from './HealthReadStore';

const WINDOW_MS = 60 * 60 * 1000;
const MAXIMUM_CHANGES = 20;

/**
 * What changed in the hour before something went wrong: releases of the entity
 * and of what it depends on, and what happened to the health of the latter.
 * Nearest to the first symptom first.
 */
export async function findChanges(options: {
  store: Pick<HealthReadStore, 'dataOf' | 'transitionsBetween'>;
  entityRef: string;
  /** When it began to be wrong. */
  firstReasonAt: string;
  /** The dependencies that the caller may read. */
  dependencies: string[];
}): Promise<Change[]> {
  const { store, entityRef, firstReasonAt, dependencies } = options;
  const to = new Date(firstReasonAt);
  const from = new Date(to.getTime() - WINDOW_MS);
  const [releases, transitions] = await Promise.all([
    store.dataOf([entityRef, ...dependencies], 'releases'),
    store.transitionsBetween(
      dependencies,
      from.toISOString(),
      to.toISOString(),
    ),
  ]);

  const changes: Change[] = transitions
    .filter(({ to: status }) => status === 'warning' || status === 'critical')
    .map(({ entityRef: ref, at, to: status, message }) => ({
      at,
      kind: 'transition',
      entityRef: ref,
      title: message ? `${status}: ${message}` : `${status}`,
    }));
  for (const { entityRef: ref, data } of releases) {
    const { releases: list }: ReleasesData = JSON.parse(data);
    for (const release of list) {
      const at = new Date(release.createdAt);
      if (at >= from && at <= to) {
        changes.push({
          at: at.toISOString(),
          kind: 'release',
          entityRef: ref,
          title: release.version,
          author: release.author,
          url: release.url,
        });
      }
    }
  }
  return changes
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, MAXIMUM_CHANGES);
}
