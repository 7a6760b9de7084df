import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiPulseLine } from '@remixicon/react';
import { rootRouteRef } from '../routes';

export const observabilityPage = PageBlueprint.make({
  params: {
    path: '/observability',
    title: 'Observability',
    icon: <RiPulseLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../fleet/ObservabilityPage').then(m => (
        <m.NfsObservabilityPage />
      )),
  },
});
