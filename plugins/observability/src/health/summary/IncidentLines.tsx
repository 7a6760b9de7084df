import { IncidentSummary } from '@watchkeeper/backstage-plugin-observability-common';
import {
  entityName,
  RelativeTime,
  StatusIcon,
  useTranslation,
} from '../../shared';
import styles from './IncidentLines.module.css';

/** The open incidents of a service: the only filled line of the page. */
export function IncidentLines(props: {
  incidents: readonly IncidentSummary[];
}) {
  const t = useTranslation();
  return (
    <>
      {props.incidents.map(incident => (
        <div
          key={incident.id}
          role="region"
          aria-label={t('health.incident.label')}
          className={styles.line}
        >
          <span className={styles.severity}>
            <StatusIcon status="critical" />
            {incident.severity}
          </span>
          <b className={styles.title}>
            <bdi>{incident.title}</bdi>
          </b>
          <span>
            {t('health.incident.number', { number: String(incident.number) })}
          </span>
          <span className={styles.state}>{incident.state}</span>
          <span>
            {t('health.incident.declared', {
              clock: <RelativeTime at={incident.declaredAt} style="clock" />,
              age: <RelativeTime at={incident.declaredAt} />,
            })}
          </span>
          {incident.commander && (
            <span>
              {t('health.incident.commander', {
                name: entityName(incident.commander),
              })}
            </span>
          )}
          {incident.nextUpdateDueAt && (
            <span>
              {t('health.incident.nextUpdate', {
                when: <RelativeTime at={incident.nextUpdateDueAt} />,
              })}
            </span>
          )}
        </div>
      ))}
    </>
  );
}
