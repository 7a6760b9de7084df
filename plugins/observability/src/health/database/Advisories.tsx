import { Button } from '@backstage/ui';
import {
  DatabaseAdvisory,
  DatabaseData,
  Status,
} from '@watchkeeper/backstage-plugin-observability-common';
import { useState } from 'react';
import { PlainLink, StatusBadge, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { Limitations } from './Limitations';
import styles from './database.module.css';

const SHOWN = 5;

const STATUSES: Record<DatabaseAdvisory['level'], Status | null> = {
  error: 'critical',
  warning: 'warning',
  info: null,
  unknown: 'unknown',
};

/** What an advisor has found, worst first; more than five are folded away. */
export function Advisories(props: { data: DatabaseData }) {
  const { data } = props;
  const { advisories } = data;
  const t = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const isUnknown = data.limitations.some(({ area }) => area === 'advisories');
  return (
    <div className={styles.block}>
      <h3 className={styles.subtitle}>
        {t('health.database.area.advisories')}
      </h3>
      <Limitations data={data} areas={['advisories']} isTitled />
      {advisories.length === 0 && !isUnknown && (
        <p className={`${styles.note} ${text.secondary}`}>
          {t('health.database.noAdvisories')}
        </p>
      )}
      <ul className={styles.advisories}>
        {(isWhole ? advisories : advisories.slice(0, SHOWN)).map(
          (advisory, index) => (
            // Two findings of one kind may read the same: their place tells them apart.
            <li key={`${advisory.name} ${index}`}>
              <Advisory advisory={advisory} />
            </li>
          ),
        )}
      </ul>
      {advisories.length > SHOWN && (
        <Button
          size="small"
          variant="secondary"
          aria-expanded={isWhole}
          onPress={() => setWhole(!isWhole)}
        >
          {isWhole
            ? t('health.database.showFewer')
            : t('health.database.showAll', {
                number: String(advisories.length),
              })}
        </Button>
      )}
    </div>
  );
}

function Advisory(props: { advisory: DatabaseAdvisory }) {
  const { level, title, detail, remediation, url } = props.advisory;
  const t = useTranslation();
  return (
    <>
      <StatusBadge status={STATUSES[level]}>
        {t(`health.database.advisoryLevel.${level}`)}
      </StatusBadge>{' '}
      <PlainLink href={url}>
        <bdi>{title}</bdi>
      </PlainLink>
      {detail && (
        <div className={text.small}>
          <bdi>{detail}</bdi>
        </div>
      )}
      {remediation && (
        <div className={`${text.small} ${text.secondary}`}>
          <bdi>{remediation}</bdi>
        </div>
      )}
    </>
  );
}
