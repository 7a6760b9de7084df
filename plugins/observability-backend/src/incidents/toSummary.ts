import { IncidentSummary } from '@watchkeeper/backstage-plugin-observability-common';
import { StoredIncident } from './IncidentStore';

/** An incident as lists show it, with those of its services that the caller may read. */
export function toSummary(
  { incident, changedAt }: StoredIncident,
  isReadable: (entityRef: string) => boolean,
): IncidentSummary {
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    headline: incident.headline?.text,
    severity: incident.severity,
    state: incident.state,
    entityRefs: incident.entityRefs.filter(isReadable),
    commander: incident.roles.commander,
    startedAt: incident.startedAt,
    declaredAt: incident.declaredAt,
    acknowledgedAt: incident.acknowledgedAt,
    mitigatedAt: incident.mitigatedAt,
    resolvedAt: incident.resolvedAt,
    acknowledgeDueAt: incident.acknowledgeDueAt,
    nextUpdateDueAt: incident.nextUpdateDueAt,
    postmortemDueAt: incident.postmortemDueAt,
    postmortemId: incident.postmortemId,
    changedAt,
    version: incident.version,
  };
}
