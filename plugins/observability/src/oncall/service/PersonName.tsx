import { OnCallPerson } from '@watchkeeper/backstage-plugin-observability-common';
import { EntityLink } from '../../shared';

/** A person by name, with a link to their page where they have one. */
export function PersonName(props: { person: OnCallPerson }) {
  const { entityRef, displayName, external } = props.person;
  const name = <bdi>{displayName}</bdi>;
  return external ? (
    name
  ) : (
    <EntityLink entityRef={entityRef}>{name}</EntityLink>
  );
}
