import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiPulseLine } from '@remixicon/react';
import { entityHealthRouteRef, rootRouteRef } from '../routes';
import { observabilityApi, onCallApi } from './apis';
import {
  healthEntityCard,
  onCallEntityCard,
  publicStatusEntityCard,
} from './entityCards';
import { healthEntityContent } from './entityContents';
import { healthEntityIconLink } from './entityIconLinks';
import { onCallHomePageWidget } from './homePageWidgets';
import { observabilityPage } from './pages';

/**
 * The plugin for the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'observability',
  title: 'Observability',
  icon: <RiPulseLine />,
  info: { packageJson: () => import('../../package.json') },
  routes: { root: rootRouteRef, entityHealth: entityHealthRouteRef },
  extensions: [
    observabilityApi,
    onCallApi,
    observabilityPage,
    healthEntityContent,
    healthEntityCard,
    publicStatusEntityCard,
    onCallEntityCard,
    healthEntityIconLink,
    onCallHomePageWidget,
  ],
});
