import { Avatar } from '@backstage/ui';
import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { PersonName } from '../../oncall/service/PersonName';

/** A person who is on call, with a link to their page. */
export function Person(props: { person: OnCallNow['people'][number] }) {
  const { displayName } = props.person;
  return (
    <>
      <Avatar src="" name={displayName} size="small" purpose="decoration" />
      <PersonName person={props.person} />
    </>
  );
}
