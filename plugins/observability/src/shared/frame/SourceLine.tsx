import { Signal } from '@watchkeeper/backstage-plugin-observability-common';
import { PlainLink } from '../links/PlainLink';
import { providerName } from '../providers';
import { RelativeTime } from '../time/RelativeTime';
import { useTranslation } from '../useTranslation';

/** Where the data of a signal comes from, and how old it is. */
export function SourceLine(props: { signal: Signal; detail?: string }) {
  const { signal, detail } = props;
  const { source, observedAt } = signal;
  const t = useTranslation();
  return (
    <>
      {providerName(source.provider)}
      {' · '}
      <PlainLink href={source.url}>
        <bdi>{source.target}</bdi>
      </PlainLink>
      {source.instance !== 'default' && (
        <> · {t('shared.frame.instance', { name: source.instance })}</>
      )}
      {detail && <> · {detail}</>}
      {' · '}
      {observedAt ? <RelativeTime at={observedAt} /> : t('shared.frame.never')}
    </>
  );
}
