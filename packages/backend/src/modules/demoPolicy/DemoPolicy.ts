import { BackstageUserPrincipal } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

const CONTRACTOR = 'user:default/contractor';
const CLOSED_TO_CONTRACTOR = ['observability.', 'devtools.'];

/**
 * Everybody may do everything, except that the demo's contractor sees the
 * catalog alone: so the pages can be seen as somebody sees them who may not.
 */
export class DemoPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const closed =
      userEntityRefOf(user) === CONTRACTOR &&
      CLOSED_TO_CONTRACTOR.some(prefix =>
        request.permission.name.startsWith(prefix),
      );
    return { result: closed ? AuthorizeResult.DENY : AuthorizeResult.ALLOW };
  }
}

function userEntityRefOf(user: PolicyQueryUser | undefined) {
  const principal = user?.credentials.principal as
    | Partial<BackstageUserPrincipal>
    | undefined;
  return principal?.userEntityRef;
}
