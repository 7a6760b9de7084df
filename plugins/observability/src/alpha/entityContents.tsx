import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HEALTH_KINDS } from '../healthKinds';
import { entityHealthRouteRef } from '../routes';

export const healthEntityContent = EntityContentBlueprint.make({
  name: 'health',
  params: {
    path: '/health',
    title: 'Health',
    group: 'observability',
    filter: { kind: { $in: HEALTH_KINDS } },
    routeRef: entityHealthRouteRef,
    loader: () => import('../health').then(m => <m.HealthContent />),
  },
});
