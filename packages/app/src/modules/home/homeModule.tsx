import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const tourWidget = HomePageWidgetBlueprint.make({
  name: 'tour',
  params: {
    name: 'WatchkeeperTour',
    title: 'A tour of the demo',
    description: 'Where to look first in the demo of Watchkeeper',
    components: () =>
      import('./Tour').then(m => ({
        Content: m.Tour,
      })),
  },
});

/** What the home page of this portal shows besides the usual widgets. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [tourWidget],
});
