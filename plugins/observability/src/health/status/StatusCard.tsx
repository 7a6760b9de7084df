import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../../api';
import { StatusCardView } from './StatusCardView';

/**
 * What those who use a service see of it. Draws nothing where nobody watches
 * whether it is up.
 */
export function StatusCard() {
  const { entity } = useEntity();
  const view = useEntityReport(stringifyEntityRef(entity));
  return view.state === 'loaded' ? (
    <StatusCardView signals={view.report.signals} />
  ) : null;
}
