import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createCardExtension } from '@backstage/plugin-home-react';
import { observabilityApiRef } from './api/ObservabilityApi';
import { ObservabilityClient } from './api/ObservabilityClient';
import { onCallApiRef } from './oncall/api/OnCallApi';
import { OnCallClient } from './oncall/api/OnCallClient';
import { entityHealthRouteRef, rootRouteRef } from './routes';

/**
 * The plugin for the legacy frontend system.
 *
 * @public
 */
export const observabilityPlugin = createPlugin({
  id: 'observability',
  apis: [
    createApiFactory({
      api: observabilityApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new ObservabilityClient({ fetchApi }),
    }),
    createApiFactory({
      api: onCallApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new OnCallClient({ fetchApi }),
    }),
  ],
  routes: { root: rootRouteRef, entityHealth: entityHealthRouteRef },
});

/**
 * The page of all services.
 *
 * @public
 */
export const ObservabilityPage: () => JSX.Element = observabilityPlugin.provide(
  createRoutableExtension({
    name: 'ObservabilityPage',
    component: () =>
      import('./fleet/ObservabilityPage').then(m => m.ObservabilityPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The Health tab of an entity's page. The list of services leads to it under
 * the path `/health`.
 *
 * @public
 */
export const EntityHealthContent: () => JSX.Element =
  observabilityPlugin.provide(
    createRoutableExtension({
      name: 'EntityHealthContent',
      component: () => import('./health').then(m => m.HealthContent),
      mountPoint: entityHealthRouteRef,
    }),
  );

/**
 * Health in short, for the overview of an entity's page.
 *
 * @public
 */
export const EntityHealthCard: () => JSX.Element = observabilityPlugin.provide(
  createComponentExtension({
    name: 'EntityHealthCard',
    component: { lazy: () => import('./health').then(m => m.HealthCard) },
  }),
);

/**
 * What those who use a service see of it: its parts in plain words, with their
 * uptime. It draws nothing where nobody watches whether it is up.
 *
 * @public
 */
export const EntityPublicStatusCard: () => JSX.Element | null =
  observabilityPlugin.provide(
    createComponentExtension({
      name: 'EntityPublicStatusCard',
      component: { lazy: () => import('./health').then(m => m.StatusCard) },
    }),
  );

/**
 * The status of an entity, for the head of its page.
 *
 * @public
 */
export const EntityHealthBadge: () => JSX.Element | null =
  observabilityPlugin.provide(
    createComponentExtension({
      name: 'EntityHealthBadge',
      component: { lazy: () => import('./health').then(m => m.HealthBadge) },
    }),
  );

/**
 * A card with who has the watch over an entity, since when and until when, and
 * who is next.
 *
 * @public
 */
export const EntityOnCallCard: () => JSX.Element = observabilityPlugin.provide(
  createComponentExtension({
    name: 'EntityOnCallCard',
    component: { lazy: () => import('./oncall').then(m => m.OnCallCard) },
  }),
);

/**
 * A card for the home page: who is on call now, the reader's own watch first,
 * then that of their teams.
 *
 * @public
 */
export const HomePageOnCall: (props: { title?: string }) => JSX.Element =
  observabilityPlugin.provide(
    createCardExtension<object>({
      name: 'HomePageOnCall',
      title: 'On call now',
      description: 'Who has the watch, yours and that of your teams first',
      components: () =>
        import('./oncall/home').then(m => ({ Content: m.OnCallNowWidget })),
    }),
  );
