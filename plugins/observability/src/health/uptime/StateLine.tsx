import { Monitor } from '@watchkeeper/backstage-plugin-observability-common';
import { RelativeTime, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { STATE_STATUS, upBeforeMs } from './monitors';
import styles from './uptime.module.css';

/** Why a monitor is not up: since when, what was answered, how long it had been up. */
export function StateLine(props: { monitor: Monitor }) {
  const { monitor } = props;
  const { state, since, reason } = monitor;
  const t = useTranslation();
  const format = useFormat();
  const status = STATE_STATUS[state];
  const before = upBeforeMs(monitor);
  const word = t(`health.uptime.state.${state}`);
  return (
    <p className={styles.stateLine}>
      <b
        className={`${text.strong} ${
          status === 'critical' || status === 'warning' ? text[status] : ''
        }`}
      >
        {since
          ? t('health.uptime.stateSince', {
              state: word,
              clock: <RelativeTime at={since} style="date-and-clock" />,
              duration: <RelativeTime at={since} style="duration" />,
            })
          : t('health.uptime.stateOnly', { state: word })}
      </b>{' '}
      {reason && (
        <>
          <bdi>{/[.!?…]$/.test(reason) ? reason : `${reason}.`}</bdi>{' '}
        </>
      )}
      {before !== undefined &&
        t('health.uptime.before', { duration: format.duration(before) })}
    </p>
  );
}
