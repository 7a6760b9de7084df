import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  HomePageLayoutBlueprint,
  HomePageWidgetBlueprint,
} from '@backstage/plugin-home-react/alpha';

const layout = HomePageLayoutBlueprint.make({
  params: {
    loader: () => import('./HomeLayout').then(m => m.HomeLayout),
  },
});

const tourWidget = HomePageWidgetBlueprint.make({
  name: 'tour',
  params: {
    name: 'WatchkeeperTour',
    title: 'A tour of the demo',
    description: 'Where to look first in the demo of Watchkeeper',
    components: () => import('./Tour').then(m => ({ Content: m.Tour })),
  },
});

/** The home page of this portal. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [layout, tourWidget],
});
