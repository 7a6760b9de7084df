import { Incident, IncidentState } from '../model';
import { deadlinesOf } from './deadlines';
import { isBack } from './lifecycle';
import { IncidentSettings } from './settings';

/**
 * An incident in another state. What a state brings with it is set (monitoring
 * means mitigated, resolved means mitigated before), and what a step back shows
 * to have been wrong is taken away; the timeline keeps when people thought so.
 *
 * @public
 */
export function moveIncident(
  incident: Incident,
  to: IncidentState,
  options: { at: string; settings: IncidentSettings; timeZone: string },
): Incident {
  const { at, settings, timeZone } = options;
  const moved: Incident = {
    ...incident,
    ...timesOf(incident, to, at),
    monitoringUntil:
      to === 'monitoring'
        ? new Date(
            Date.parse(at) + settings.monitoringSeconds * 1000,
          ).toISOString()
        : undefined,
    // What is mended again has to be verified again.
    verifiedInProduction:
      incident.verifiedInProduction && !isBack(incident.state, to),
    state: to,
    stateSince: at,
    reachedAt: { ...incident.reachedAt, [to]: at },
  };
  return { ...moved, ...deadlinesOf(moved, { settings, timeZone }) };
}

function timesOf(
  incident: Incident,
  to: IncidentState,
  at: string,
): Pick<
  Incident,
  'acknowledgedAt' | 'mitigatedAt' | 'resolvedAt' | 'closedAt' | 'cancelledAt'
> {
  const acknowledgedAt = incident.acknowledgedAt ?? at;
  const mitigatedAt = incident.mitigatedAt ?? at;
  const nothing = {
    mitigatedAt: undefined,
    resolvedAt: undefined,
    closedAt: undefined,
    cancelledAt: undefined,
  };
  switch (to) {
    case 'cancelled':
      return {
        ...nothing,
        acknowledgedAt: incident.acknowledgedAt,
        mitigatedAt: incident.mitigatedAt,
        cancelledAt: at,
      };
    case 'investigating':
    case 'mitigating':
      return { ...nothing, acknowledgedAt };
    case 'monitoring':
      // Back from resolved it was mitigated before; anew it is mitigated now.
      return { ...nothing, acknowledgedAt, mitigatedAt };
    case 'resolved':
      return { ...nothing, acknowledgedAt, mitigatedAt, resolvedAt: at };
    case 'closed':
      return {
        ...nothing,
        acknowledgedAt,
        mitigatedAt,
        resolvedAt: incident.resolvedAt ?? at,
        closedAt: at,
      };
    default:
      return { ...nothing, acknowledgedAt: undefined };
  }
}
