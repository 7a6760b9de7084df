import '@backstage/cli/asset-types';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import observabilityPlugin from '../src/alpha';
import { observabilityApiRef } from '../src/api';
import { onCallApiRef } from '../src/oncall/api/OnCallApi';
import { DevObservabilityApi } from './DevObservabilityApi';
import { DevOnCallApi } from './DevOnCallApi';
import { entities } from './entities';

// The plugin alone, over made-up data: `yarn start` in this folder. The first
// page leads to every state of every page.

createDevApp({
  features: [
    catalogPlugin.withOverrides({
      extensions: [
        catalogPlugin.getExtension('api:catalog').override({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () => new InMemoryCatalogClient({ entities }),
            }),
        }),
      ],
    }),
    observabilityPlugin.withOverrides({
      extensions: [
        observabilityPlugin.getExtension('api:observability').override({
          params: defineParams =>
            defineParams({
              api: observabilityApiRef,
              deps: {},
              factory: () => new DevObservabilityApi(),
            }),
        }),
        observabilityPlugin.getExtension('api:observability/on-call').override({
          params: defineParams =>
            defineParams({
              api: onCallApiRef,
              deps: {},
              factory: () => new DevOnCallApi(),
            }),
        }),
      ],
    }),
    createFrontendPlugin({
      pluginId: 'dev',
      title: 'States',
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/',
            title: 'States',
            loader: () => import('./StatesPage').then(m => <m.StatesPage />),
          },
        }),
      ],
    }),
  ],
});
