import { Release } from '@watchkeeper/backstage-plugin-observability-common';
import { StatusBadge, useFormat, useTranslation } from '../../shared';
import { comparedBy } from './verdict';
import styles from './releases.module.css';

/** Says that the running release should be taken back, and why. */
export function RollBackLine(props: {
  release: Release;
  /** How much worse is too much, as a fraction. */
  limit: number | undefined;
}) {
  const { release, limit } = props;
  const { comparison } = release;
  const t = useTranslation();
  const format = useFormat();
  const times = (fraction: number) => format.multiple(1 + fraction);

  let reason: string;
  if (!comparison) {
    reason = t('health.releases.worse');
  } else if (limit === undefined) {
    reason = t('health.releases.timesNoLimit', {
      metric: comparedBy(comparison, t),
      times: times(comparison.ratio),
    });
  } else {
    reason = t('health.releases.times', {
      metric: comparedBy(comparison, t),
      times: times(comparison.ratio),
      limit: times(limit),
    });
  }
  return (
    <div
      role="region"
      aria-label={t('health.releases.rollBackLabel')}
      className={styles.rollBack}
    >
      <StatusBadge status="critical">
        <span className={styles.wrap}>
          {t('health.releases.rollBack', {
            version: <bdi>{release.version}</bdi>,
          })}
        </span>
      </StatusBadge>
      <span>{reason}</span>
    </div>
  );
}
