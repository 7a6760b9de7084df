import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { RiPulseLine } from '@remixicon/react';
import { useEntityReport } from '../api/useEntityReport';
import { InlineScope, StatusBadge } from '../shared';
import styles from './HealthLinkIcon.module.css';

/** The status of the entity as an icon; a neutral one while it is not known. */
export function HealthLinkIcon() {
  const { entity } = useEntity();
  const view = useEntityReport(stringifyEntityRef(entity));
  if (view.state !== 'loaded') {
    return <RiPulseLine />;
  }
  return (
    <InlineScope>
      <span className={styles.icon}>
        <StatusBadge status={view.report.status} hideWord />
      </span>
    </InlineScope>
  );
}
