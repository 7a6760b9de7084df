import { Monitor } from '@watchkeeper/backstage-plugin-observability-common';
import {
  parseInstant,
  RelativeTime,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';

/** Older than this it is told how old it is: sources read response times less often than states. */
const FRESH_MS = 15 * 60_000;

/** How long the last answer took. */
export function LastResponse(props: { monitor: Monitor }) {
  const { state, responseMs, responseObservedAt } = props.monitor;
  const t = useTranslation();
  const format = useFormat();
  if (state === 'down') {
    return (
      <span className={text.secondary}>{t('health.uptime.noAnswer')}</span>
    );
  }
  if (responseMs === undefined) {
    return (
      <span className={text.secondary}>{t('health.uptime.noResponse')}</span>
    );
  }
  const at = parseInstant(responseObservedAt);
  const isOld = at !== undefined && Date.now() - at.getTime() > FRESH_MS;
  return (
    <>
      <span title={at && format.instant(at)}>
        {format.milliseconds(responseMs)}
      </span>
      {isOld && (
        <span className={`${text.small} ${text.secondary}`}>
          {' '}
          <RelativeTime at={responseObservedAt} />
        </span>
      )}
    </>
  );
}
