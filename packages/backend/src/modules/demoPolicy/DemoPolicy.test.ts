import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { DemoPolicy } from './DemoPolicy';

function decide(permissionName: string, userEntityRef?: string) {
  const permission = createPermission({ name: permissionName, attributes: {} });
  return new DemoPolicy().handle(
    { permission },
    userEntityRef
      ? {
          credentials: mockCredentials.user(userEntityRef),
          info: { userEntityRef, ownershipEntityRefs: [userEntityRef] },
        }
      : undefined,
  );
}

describe('DemoPolicy', () => {
  it('lets engineers see and do everything', async () => {
    for (const name of ['observability.health.read', 'catalog.entity.read']) {
      expect(await decide(name, 'user:default/engineer-a')).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('lets the contractor read the catalog alone', async () => {
    for (const [name, result] of [
      ['catalog.entity.read', AuthorizeResult.ALLOW],
      ['observability.health.read', AuthorizeResult.DENY],
      ['observability.health.refresh', AuthorizeResult.DENY],
      ['devtools.info', AuthorizeResult.DENY],
    ] as const) {
      expect([name, await decide(name, 'user:default/contractor')]).toEqual([
        name,
        { result },
      ]);
    }
  });
});
