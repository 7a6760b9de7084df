import { ScheduleDetails } from '@watchkeeper/backstage-plugin-observability-common';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { SourceOrigin } from '../service/SourceOrigin';
import styles from './page.module.css';

/** Where a schedule is kept that is not edited here. */
export function OriginLine(props: { details: ScheduleDetails }) {
  const { origin, problems } = props.details;
  const t = useTranslation();
  if (origin.type === 'api') {
    return null;
  }
  const problem = problems.at(0);
  return (
    <div className={`${styles.quiet} ${styles.origin} ${text.small}`}>
      {origin.type === 'config' && t('onCall.origin.config')}
      {origin.type === 'file' &&
        t('onCall.origin.file', {
          location: <bdi>{origin.location}</bdi>,
        })}
      {origin.type === 'external' && (
        <SourceOrigin
          source={{
            provider: origin.provider ?? '',
            url: origin.url,
            observedAt: origin.observedAt,
            problem,
          }}
        />
      )}
    </div>
  );
}
