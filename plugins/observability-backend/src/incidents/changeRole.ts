import {
  IncidentRole,
  IncidentRoles,
} from '@watchkeeper/backstage-plugin-observability-common';

/**
 * Roles after somebody has taken one, or left it. Who takes a role that there is
 * one of is no responder any more; who had it before becomes one.
 */
export function changeRole(
  roles: IncidentRoles,
  change: { role: IncidentRole; user?: string; remove?: string },
): IncidentRoles {
  const { role, user, remove } = change;
  const responders = new Set(roles.responders);
  if (role === 'responder') {
    if (remove !== undefined) {
      responders.delete(remove);
    }
    if (user !== undefined) {
      responders.add(user);
    }
    return { ...roles, responders: [...responders] };
  }

  const before = roles[role];
  const next = { ...roles, [role]: user };
  if (before !== undefined && !named(next).includes(before)) {
    responders.add(before);
  }
  if (user !== undefined) {
    responders.delete(user);
  }
  return { ...next, responders: [...responders] };
}

/** Everybody who has a role. */
export function peopleOf(roles: IncidentRoles): string[] {
  return [...new Set([...named(roles), ...roles.responders])];
}

function named({ commander, scribe, communications }: IncidentRoles): string[] {
  return [commander, scribe, communications].flatMap(ref => ref ?? []);
}
