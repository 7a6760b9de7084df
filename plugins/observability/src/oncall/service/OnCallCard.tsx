import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../../api';
import { OnCallCardView } from './OnCallCardView';

/** Who has the watch over an entity, on its overview. */
export function OnCallCard() {
  const { entity } = useEntity();
  const view = useEntityReport(stringifyEntityRef(entity));
  return <OnCallCardView entity={entity} view={view} />;
}
