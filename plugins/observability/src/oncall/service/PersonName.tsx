import { OnCallPerson } from '@watchkeeper/backstage-plugin-observability-common';
import { EntityLink } from '../../shared';

/** Somebody of the catalog has a page; whoever another system names may not. */
export function isInCatalog(entityRef: string): boolean {
  return entityRef.startsWith('user:');
}

/** A person by name, with a link to their page where they have one. */
export function PersonName(props: { person: OnCallPerson }) {
  const { entityRef, displayName } = props.person;
  const name = <bdi>{displayName}</bdi>;
  return isInCatalog(entityRef) ? (
    <EntityLink entityRef={entityRef}>{name}</EntityLink>
  ) : (
    name
  );
}
