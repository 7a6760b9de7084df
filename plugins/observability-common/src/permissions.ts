import { createPermission } from '@backstage/plugin-permission-common';

/** Seeing the health of a service, besides reading its entity in the catalog.
 * @public */
export const healthReadPermission = createPermission({
  name: 'observability.health.read',
  attributes: { action: 'read' },
});

/** Asking the sources of a service at once.
 * @public */
export const healthRefreshPermission = createPermission({
  name: 'observability.health.refresh',
  attributes: { action: 'update' },
});

/** All permissions of the plugin.
 * @public
 */
export const observabilityPermissions = [
  healthReadPermission,
  healthRefreshPermission,
];
