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

/** Seeing who is on call, when, and in which schedules.
 * @public */
export const onCallReadPermission = createPermission({
  name: 'observability.oncall.read',
  attributes: { action: 'read' },
});

/** Overriding shifts of one's own, asking for cover and taking shifts that others offer.
 * @public */
export const onCallOverridePermission = createPermission({
  name: 'observability.oncall.override',
  attributes: { action: 'update' },
});

/** Writing schedules, and overriding or swapping the shifts of others.
 * @public */
export const onCallManagePermission = createPermission({
  name: 'observability.oncall.manage',
  attributes: { action: 'update' },
});

/** Seeing runbooks, their runs and which alerts have one.
 * @public */
export const runbookReadPermission = createPermission({
  name: 'observability.runbook.read',
  attributes: { action: 'read' },
});

/** Following runbooks: beginning runs, saying what became of steps, ending runs.
 * @public */
export const runbookRunPermission = createPermission({
  name: 'observability.runbook.run',
  attributes: { action: 'update' },
});

/** Seeing incidents of services that one may read.
 * @public */
export const incidentReadPermission = createPermission({
  name: 'observability.incident.read',
  attributes: { action: 'read' },
});

/** Declaring incidents and working on them.
 * @public */
export const incidentWritePermission = createPermission({
  name: 'observability.incident.write',
  attributes: { action: 'update' },
});

/** All permissions of the plugin.
 * @public
 */
export const observabilityPermissions = [
  healthReadPermission,
  healthRefreshPermission,
  onCallReadPermission,
  onCallOverridePermission,
  onCallManagePermission,
  runbookReadPermission,
  runbookRunPermission,
  incidentReadPermission,
  incidentWritePermission,
];
