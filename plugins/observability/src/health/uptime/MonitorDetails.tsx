import { Monitor } from '@watchkeeper/backstage-plugin-observability-common';
import {
  PlainLink,
  RelativeTime,
  useFormat,
  useTranslation,
} from '../../shared';
import text from '../../shared/text.module.css';
import { SignalOf } from '../signals';
import { detectionWords, reachesBackTo } from './monitors';
import { OutageList } from './OutageList';
import { ResponseChart } from './ResponseChart';
import styles from './uptime.module.css';

const SPANS = [
  ['day', 1],
  ['week', 7],
  ['month', 30],
  ['quarter', 90],
  ['year', 365],
] as const;

/** All that is known of a monitor. */
export function MonitorDetails(props: {
  entityRef: string;
  signal: SignalOf<'uptime'>;
  monitor: Monitor;
}) {
  const { entityRef, signal, monitor } = props;
  const t = useTranslation();
  const format = useFormat();
  const detection = detectionWords([monitor], format, t);
  return (
    <>
      <div className={styles.facts}>
        <div>
          <table className={styles.spans}>
            <caption className={styles.subtitle}>
              {t('health.uptime.uptimeOf')}
            </caption>
            <tbody>
              {SPANS.map(([span, days]) => (
                <SpanRow
                  key={span}
                  label={t(`health.uptime.span.${span}`)}
                  fraction={monitor.uptime[span]}
                  since={reachesBackTo(monitor, days, Date.now())}
                />
              ))}
            </tbody>
          </table>
          <dl className={styles.about}>
            {monitor.url && (
              <div>
                <dt>{t('health.uptime.checks')}</dt>
                <dd>
                  <PlainLink href={monitor.url}>
                    <bdi>{monitor.url}</bdi>
                  </PlainLink>
                </dd>
              </div>
            )}
            <div>
              <dt>{t('health.uptime.type')}</dt>
              <dd>
                <bdi>{monitor.type}</bdi>
              </dd>
            </div>
            {detection && (
              <div>
                <dt>{t('health.uptime.detection')}</dt>
                <dd className={styles.sentence}>{detection}</dd>
              </div>
            )}
            {monitor.flapping && (
              <div>
                <dt>{t('health.uptime.flapping')}</dt>
                <dd>{t('health.uptime.flappingHint')}</dd>
              </div>
            )}
          </dl>
        </div>
        <ResponseChart
          entityRef={entityRef}
          signal={signal}
          monitor={monitor}
        />
      </div>
      <h3 className={styles.subtitle}>{t('health.uptime.outage.title')}</h3>
      <OutageList name={monitor.name} outages={monitor.outages} />
    </>
  );
}

function SpanRow(props: {
  label: string;
  fraction: number | undefined;
  since: string | undefined;
}) {
  const { label, fraction, since } = props;
  const t = useTranslation();
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        {fraction === undefined
          ? t('health.uptime.noUptime')
          : format.percent(fraction)}
      </td>
      <td className={`${text.small} ${text.secondary}`}>
        {since &&
          fraction !== undefined &&
          t('health.uptime.since', {
            day: <RelativeTime at={since} style="clock" />,
          })}
      </td>
    </tr>
  );
}
