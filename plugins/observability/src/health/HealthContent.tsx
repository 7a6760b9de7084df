import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../api';
import { HealthView } from './HealthView';

/** The Health tab of the entity whose page it is on. */
export function HealthContent() {
  const { entity } = useEntity();
  const view = useEntityReport(stringifyEntityRef(entity));
  return <HealthView entity={entity} view={view} />;
}
