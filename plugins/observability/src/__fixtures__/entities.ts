import { Entity } from '@backstage/catalog-model';

/** A service whose Sentry project is named. */
export const apiEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'visioncrm-api',
    namespace: 'default',
    annotations: {
      'sentry.io/project-slug': 'visioncrm/visioncrm-api',
      'backstage.io/edit-url':
        'https://git.example.com/crm/api/edit/main/catalog-info.yaml',
      'backstage.io/managed-by-location':
        'url:https://git.example.com/crm/api/blob/main/catalog-info.yaml',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'group:crm' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/crm' },
    { type: 'partOf', targetRef: 'system:default/visioncrm' },
  ],
};

/** The same before anybody has named a source. */
export const unconfiguredEntity: Entity = {
  ...apiEntity,
  metadata: {
    ...apiEntity.metadata,
    annotations: Object.fromEntries(
      Object.entries(apiEntity.metadata.annotations ?? {}).filter(
        ([name]) => name !== 'sentry.io/project-slug',
      ),
    ),
  },
};

/** The system that it is part of. */
export const systemEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'visioncrm', namespace: 'default' },
  spec: { owner: 'group:crm' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/crm' }],
};
