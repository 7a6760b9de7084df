import { Entity } from '@backstage/catalog-model';
import {
  HTTP_CHECKS_ANNOTATION,
  parseAnnotationList,
} from '@watchkeeper/backstage-plugin-observability-common';
import { EntitySelection } from '@watchkeeper/backstage-plugin-observability-node';
import { excerpt } from './check/text';

const SEPARATOR = '+';
const NEAR_NAMES = 3;

/** Names have no `+`, so a key can be taken apart. */
export function keyOfChecks(names: Iterable<string>): string {
  return [...new Set(names)].sort().join(SEPARATOR);
}

/** The checks that a target stands for. */
export function checksOfKey(key: string): string[] {
  return key.split(SEPARATOR);
}

/**
 * The checks that an entity names: together one target, since they are shown
 * together. What cannot be used is told and takes no other with it.
 */
export function selectChecks(
  entity: Entity,
  known: { names: ReadonlySet<string>; broken: ReadonlyMap<string, string> },
): EntitySelection {
  const annotation = HTTP_CHECKS_ANNOTATION;
  const value: unknown = entity.metadata.annotations?.[annotation];
  if (value === undefined || value === null) {
    return { targets: [], misconfigurations: [] };
  }
  const names = typeof value === 'string' ? parseAnnotationList(value) : [];
  if (names.length === 0) {
    const message =
      'It names no check; expected names of HTTP checks, such as crm-web, crm-api';
    return { targets: [], misconfigurations: [{ annotation, message }] };
  }
  const usable = names.filter(name => known.names.has(name));
  const misconfigurations = names
    .filter(name => !known.names.has(name))
    .map(name => ({
      annotation,
      message: known.broken.get(name) ?? describeUnknown(name, known),
    }));
  return {
    targets:
      usable.length > 0
        ? [{ key: keyOfChecks(usable), kinds: ['uptime'] }]
        : [],
    misconfigurations,
  };
}

function describeUnknown(
  name: string,
  known: { names: ReadonlySet<string>; broken: ReadonlyMap<string, string> },
): string {
  const all = [...known.names, ...known.broken.keys()];
  const near = all
    .map(other => ({ other, distance: distanceOf(name, other) }))
    .filter(({ other, distance }) => distance <= Math.max(2, other.length / 2))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAR_NAMES)
    .map(({ other }) => other);
  const what = `There is no HTTP check "${excerpt(name)}"`;
  if (all.length === 0) {
    return `${what}: none is configured in observability.httpChecks.checks`;
  }
  return near.length > 0
    ? `${what}: did you mean ${near.join(' or ')}?`
    : `${what} in observability.httpChecks.checks`;
}

/** How many letters have to be added, removed or replaced. */
function distanceOf(left: string, right: string): number {
  const a = left.slice(0, 63).toLocaleLowerCase('en');
  const b = right.toLocaleLowerCase('en');
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = row[j] + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[b.length];
}
