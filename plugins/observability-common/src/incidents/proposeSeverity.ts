import { Severity } from '../model';
import { Status } from '../status';

/**
 * What is known of a service when somebody declares an incident.
 *
 * @public
 */
export interface UnhealthyService {
  entityRef: string;
  status: Status | null;
  /** Ids of the metrics in breach, with their level. */
  reasons: { metric: string; level: 'warning' | 'critical' | 'unknown' }[];
}

/**
 * The severity to begin with: of two that could be right, the worse one, since
 * lowering it later costs less than having come late. A service that is down is
 * SEV-1; one that is critical is SEV-2, and SEV-1 where others that use it are
 * critical too; a warning is SEV-3. Where nothing is known to be wrong, somebody
 * still thought it worth declaring: SEV-2.
 *
 * @public
 */
export function proposeSeverity(
  service: UnhealthyService,
  users: readonly UnhealthyService[],
): { severity: Severity; reason: string } {
  const isDown = service.reasons.some(
    ({ metric, level }) => metric === 'uptime.state' && level === 'critical',
  );
  if (isDown) {
    return { severity: 'SEV-1', reason: 'The service is down' };
  }
  const hit = users.filter(({ status }) => status === 'critical').length;
  if (service.status === 'critical') {
    return hit > 0
      ? {
          severity: 'SEV-1',
          reason: `The service is critical, and so ${
            hit === 1 ? 'is one service that uses' : `are ${hit} that use`
          } it`,
        }
      : { severity: 'SEV-2', reason: 'The service is critical' };
  }
  if (service.status === 'warning') {
    return { severity: 'SEV-3', reason: 'The service has a warning' };
  }
  return {
    severity: 'SEV-2',
    reason: 'Nothing that is watched tells how bad it is: assume the worse',
  };
}
