import {
  PlainLink,
  providerName,
  RelativeTime,
  StatusBadge,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { SignalOf } from '../signals';
import { groupState } from './groupState';
import { detectionWords } from './monitors';

/** How many monitors of a source are down, and how soon it notices. */
export function UptimeGroupHead(props: { signal: SignalOf<'uptime'> }) {
  const { signal } = props;
  const { source, observedAt, data } = signal;
  const t = useTranslation();
  const format = useFormat();
  const isOld = signal.stale || signal.problem !== undefined;
  const { status, words } = groupState(signal, t);
  const detection = data && !isOld && detectionWords(data.monitors, format, t);
  return (
    <>
      <StatusBadge
        status={status}
        variant={status === 'unknown' ? 'chip' : 'plain'}
      >
        {words}
      </StatusBadge>
      <span className={`${text.small} ${text.secondary}`}>
        <PlainLink href={source.url}>{providerName(source.provider)}</PlainLink>
        {source.instance !== 'default' && (
          <> · {t('shared.frame.instance', { name: source.instance })}</>
        )}
        {detection && <> · {detection}</>}
        {' · '}
        {!observedAt && t('shared.frame.never')}
        {observedAt && !isOld && <RelativeTime at={observedAt} />}
        {observedAt &&
          isOld &&
          t('health.uptime.lastRead', {
            clock: <RelativeTime at={observedAt} style="clock" />,
            age: <RelativeTime at={observedAt} />,
          })}
      </span>
    </>
  );
}
