import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import {
  PlainLink,
  providerName,
  RelativeTime,
  StatusIcon,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { When } from '../time/When';

/** Which other system keeps a schedule, how old what it said is, and why it cannot be read now. */
export function SourceOrigin(props: { source: OnCallNow['source'] }) {
  const { provider, url, observedAt, problem } = props.source;
  const t = useTranslation();
  const name = providerName(provider);
  return (
    <>
      {url ? <PlainLink href={url}>{name}</PlainLink> : name}
      {observedAt && (
        <>
          {' · '}
          {t('onCall.origin.read', { age: <RelativeTime at={observedAt} /> })}
        </>
      )}
      {problem && (
        <div className={text.warning}>
          <StatusIcon status="warning" />{' '}
          {t('onCall.origin.problem', {
            since: <When at={problem.since} />,
            message: <bdi>{problem.message}</bdi>,
          })}
        </div>
      )}
    </>
  );
}
