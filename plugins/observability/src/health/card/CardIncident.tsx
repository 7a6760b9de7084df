import { IncidentSummary } from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import styles from './HealthCard.module.css';

/** An open incident, in one line. */
export function CardIncident(props: { incident: IncidentSummary }) {
  const { incident } = props;
  const t = useTranslation();
  return (
    <div className={styles.incident}>
      <b className={`${text.strong} ${text.critical}`}>{incident.severity}</b>
      <span className={text.ellipsis} title={incident.title}>
        {t('health.incident.number', { number: String(incident.number) })}{' '}
        <bdi>{incident.title}</bdi>
      </span>
    </div>
  );
}
