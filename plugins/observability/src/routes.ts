import { createRouteRef } from '@backstage/core-plugin-api';

/** The list of all services. */
export const rootRouteRef = createRouteRef({ id: 'observability' });

/** The Health tab of an entity's page. */
export const entityHealthRouteRef = createRouteRef({
  id: 'observability:entity-health',
});
