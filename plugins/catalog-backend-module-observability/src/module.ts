import { createBackendModule } from '@backstage/backend-plugin-api';
import { CatalogModelSources } from '@backstage/catalog-model/alpha';
import { catalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';
import { annotationsLayer } from './annotationsLayer';

/**
 * Declares the annotations of Watchkeeper to the catalog.
 *
 * @public
 */
export const catalogModuleObservability = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'observability',
  register(reg) {
    reg.registerInit({
      deps: { model: catalogModelExtensionPoint },
      async init({ model }) {
        // On top of the default model: a catalog that gets any model knows no
        // kinds but those in it.
        model.addModelSource(CatalogModelSources.static([annotationsLayer]));
      },
    });
  },
});
