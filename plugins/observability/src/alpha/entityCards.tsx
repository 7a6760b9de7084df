import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HEALTH_CARD_KINDS } from '../healthKinds';

export const healthEntityCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'info',
    filter: { kind: { $in: HEALTH_CARD_KINDS } },
    loader: () => import('../health').then(m => <m.HealthCard />),
  },
});
