import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { EntityIconLinkBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiPulseLine } from '@remixicon/react';
import { lazy, Suspense } from 'react';
import { HEALTH_KINDS } from '../healthKinds';

// The link is made with the page; what it takes to know the status comes after.
const HealthLinkIcon = lazy(() =>
  import('./HealthLinkIcon').then(m => ({ default: m.HealthLinkIcon })),
);

/**
 * The status in the About card, as a link to the Health tab: the header of an
 * entity's page takes no additions, it can only be replaced as a whole.
 */
export const healthEntityIconLink = EntityIconLinkBlueprint.make({
  name: 'health',
  params: {
    filter: { kind: { $in: HEALTH_KINDS } },
    useProps() {
      const { entity } = useEntity();
      const entityLink = useEntityRefLink();
      return {
        label: 'Health',
        href: `${entityLink(entity)}/health`,
        icon: (
          <Suspense fallback={<RiPulseLine />}>
            <HealthLinkIcon />
          </Suspense>
        ),
      };
    },
  },
});
