import { RiArrowRightSLine } from '@remixicon/react';
import { Monitor } from '@watchkeeper/backstage-plugin-observability-common';
import { useId, useState } from 'react';
import {
  HiddenText,
  RelativeTime,
  UptimeBar,
  useFormat,
  useTranslation,
  WhenSeen,
} from '../../shared';
import text from '../../shared/text.module.css';
import { SignalOf } from '../signals';
import { CertificateDays } from './CertificateDays';
import { LastResponse } from './LastResponse';
import { MonitorDetails } from './MonitorDetails';
import { MonitorStateMark } from './MonitorStateMark';
import { reachesBackTo, shortUrl } from './monitors';
import { ResponseSparkline } from './ResponseSparkline';
import { StateLine } from './StateLine';
import styles from './uptime.module.css';

/** A monitor on one line: its days, uptime, response time and certificate. It opens to all that is known of it. */
export function MonitorRow(props: {
  entityRef: string;
  signal: SignalOf<'uptime'>;
  monitor: Monitor;
}) {
  const { entityRef, signal, monitor } = props;
  const { name, state, url, uptime } = monitor;
  const t = useTranslation();
  const format = useFormat();
  const detailsId = useId();
  const [isOpen, setOpen] = useState(false);
  const isOld = signal.stale || signal.problem !== undefined;
  const since = reachesBackTo(monitor, 90, Date.now());
  const where = shortUrl(url);
  return (
    <li className={styles.monitor}>
      <div className={styles.row}>
        <div className={styles.name}>
          <button
            type="button"
            className={styles.disclosure}
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <RiArrowRightSLine
              size={16}
              aria-hidden="true"
              className={styles.chevron}
            />
            {!isOld && state !== 'up' && (
              <MonitorStateMark state={state} hideWord />
            )}
            <bdi className={text.ellipsis} title={name}>
              {name}
            </bdi>
            {!isOld && state === 'up' && (
              <HiddenText>, {t('health.uptime.state.up')}</HiddenText>
            )}
          </button>
          <span className={`${styles.where} ${text.small} ${text.secondary}`}>
            {isOld && (
              <>
                {t('health.uptime.lastKnown', {
                  state: t(`health.uptime.state.${state}`).toLocaleLowerCase(),
                })}
                {where && ' · '}
              </>
            )}
            {where && (
              <bdi className={text.ellipsis} title={url}>
                {where}
              </bdi>
            )}
            {monitor.flapping && !isOld && (
              <span
                className={styles.flapping}
                title={t('health.uptime.flappingHint')}
              >
                {t('health.uptime.flapping')}
              </span>
            )}
          </span>
        </div>
        <div className={styles.bar}>
          <UptimeBar
            name={name}
            days={monitor.days}
            outages={monitor.outages}
            isUnknownNow={isOld || state === 'unknown'}
          />
        </div>
        <div
          className={styles.number}
          data-label={t('health.uptime.span.quarter')}
        >
          <HiddenText>{t('health.uptime.uptimeOf')} </HiddenText>
          {uptime.quarter === undefined
            ? t('health.uptime.noUptime')
            : format.percent(uptime.quarter)}
          {since && (
            <span className={`${styles.reach} ${text.small} ${text.secondary}`}>
              {t('health.uptime.since', {
                day: <RelativeTime at={since} style="clock" />,
              })}
            </span>
          )}
        </div>
        <div className={styles.response}>
          <WhenSeen>
            <ResponseSparkline
              entityRef={entityRef}
              signal={signal}
              monitor={monitor}
            />
          </WhenSeen>
          <span className={styles.last}>
            <HiddenText>{t('health.uptime.response')} </HiddenText>
            <LastResponse monitor={monitor} />
          </span>
        </div>
        <div
          className={styles.number}
          data-label={t('health.uptime.certificate')}
          data-empty={monitor.certificateExpiresAt === undefined || undefined}
        >
          <CertificateDays signal={signal} monitor={monitor} />
        </div>
        {!isOld && state !== 'up' && <StateLine monitor={monitor} />}
      </div>
      {isOpen && (
        <div id={detailsId} className={styles.details}>
          <MonitorDetails
            entityRef={entityRef}
            signal={signal}
            monitor={monitor}
          />
        </div>
      )}
    </li>
  );
}
