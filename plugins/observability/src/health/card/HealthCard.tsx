import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../../api';
import { HealthCardView } from './HealthCardView';

/** The health of an entity on its overview. */
export function HealthCard() {
  const { entity } = useEntity();
  const view = useEntityReport(stringifyEntityRef(entity));
  return <HealthCardView entity={entity} view={view} />;
}
