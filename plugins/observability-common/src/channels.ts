/**
 * The channel of the signals plugin on which pages that list services hear that
 * one of them has changed. Messages carry no data.
 *
 * @public
 */
export const ENTITIES_CHANNEL = 'observability:entities';

/** The channel of one entity's pages. Messages carry no data.
 * @public
 */
export function entityChannel(entityRef: string): string {
  return `observability:entity:${entityRef}`;
}

/**
 * The channel on which pages of on-call schedules hear that one has changed, or
 * that the watch has passed on. Messages carry no data.
 *
 * @public
 */
export const ON_CALL_CHANNEL = 'observability:on-call';

/**
 * The channel on which pages that list runbooks hear that some have changed, or
 * that a run has begun or ended. Messages carry no data.
 *
 * @public
 */
export const RUNBOOKS_CHANNEL = 'observability:runbooks';

/** The channel on which those who follow a run hear that it has changed. Messages carry no data.
 * @public
 */
export function runbookRunChannel(runId: string): string {
  return `observability:runbook-run:${runId}`;
}

/**
 * The channel on which pages that list incidents hear that one has changed.
 * Messages carry no data.
 *
 * @public
 */
export const INCIDENTS_CHANNEL = 'observability:incidents';

/** The channel on which those who look at an incident hear that it has changed. Messages carry no data.
 * @public
 */
export function incidentChannel(incidentId: string): string {
  return `observability:incident:${incidentId}`;
}
