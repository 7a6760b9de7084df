import { Avatar } from '@backstage/ui';
import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { EntityLink } from '../../shared';

/** A person who is on call, with a link to their page. */
export function Person(props: { person: OnCallNow['people'][number] }) {
  const { entityRef, displayName } = props.person;
  return (
    <>
      <Avatar src="" name={displayName} size="small" purpose="decoration" />
      <EntityLink entityRef={entityRef}>
        <bdi>{displayName}</bdi>
      </EntityLink>
    </>
  );
}
