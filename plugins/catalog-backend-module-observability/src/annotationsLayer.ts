import { createCatalogModelLayer } from '@backstage/catalog-model/alpha';
import {
  HTTP_CHECKS_ANNOTATION,
  ON_CALL_ANNOTATION,
  POSTGRES_ANNOTATION,
  POSTMORTEMS_ANNOTATION,
  RUNBOOKS_ANNOTATION,
  THRESHOLDS_ANNOTATION,
} from '@watchkeeper/backstage-plugin-observability-common';

/**
 * The annotations of Watchkeeper, as part of the catalog's model.
 *
 * They are strings and no more. A schema that a value does not meet would make
 * the catalog refuse the whole entity, and a slip in a threshold must not make a
 * service disappear: what cannot be read is told on the entity's own page.
 */
export const annotationsLayer = createCatalogModelLayer({
  layerId: 'watchkeeper.io/annotations',
  builder: model => {
    model.addAnnotation({
      name: THRESHOLDS_ANNOTATION,
      title: 'Thresholds',
      description:
        'Thresholds of this entity alone: a JSON object from metric to { warning, critical, for }, such as {"errors.rate": {"warning": 0.001, "critical": 0.01}}. A level that is null is switched off.',
    });
    model.addAnnotation({
      name: ON_CALL_ANNOTATION,
      title: 'On-call schedules',
      description:
        'Names of the on-call schedules that look after this entity, separated by commas. Without it, the schedule of the owner answers.',
    });
    model.addAnnotation({
      name: RUNBOOKS_ANNOTATION,
      title: 'Runbooks',
      description:
        'Where the runbooks of this entity are: dir:./docs/runbooks, URLs or URL globs, separated by commas, relative to its source location.',
    });
    model.addAnnotation({
      name: POSTMORTEMS_ANNOTATION,
      title: 'Postmortems',
      description:
        'Where postmortems of this entity are kept as files: dir:./docs/postmortems, URLs or URL globs, separated by commas, relative to its source location.',
    });
    model.addAnnotation({
      name: HTTP_CHECKS_ANNOTATION,
      title: 'HTTP checks',
      description:
        'Names of the HTTP checks in the configuration of the portal that watch this entity, separated by commas.',
    });
    model.addAnnotation({
      name: POSTGRES_ANNOTATION,
      title: 'PostgreSQL databases',
      description:
        'Names of the PostgreSQL databases in the configuration of the portal that belong to this entity, separated by commas.',
    });
  },
});
