import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { healthReadPermission } from '@watchkeeper/backstage-plugin-observability-common';
import { testEntity } from '../__testUtils__/TestWorld';
import { EntityAccess } from './EntityAccess';

const anna = mockCredentials.user('user:default/anna');
const ben = mockCredentials.user('user:default/ben');

const conditional: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule: 'IS_ENTITY_OWNER', resourceType: 'catalog-entity' },
};

describe('EntityAccess', () => {
  let now: number;
  const permissions = mockServices.permissions.mock();
  const catalog = catalogServiceMock.mock();
  let access: EntityAccess;
  /** What the catalog shows to anybody. */
  let visible: string[];

  function decide(decision: PolicyDecision): void {
    permissions.authorizeConditional.mockResolvedValue([decision]);
  }

  beforeEach(() => {
    jest.resetAllMocks();
    now = 1_000_000;
    visible = ['component:default/web', 'api:default/rest'];
    catalog.getEntitiesByRefs.mockImplementation(async ({ entityRefs }) => ({
      items: entityRefs.map(ref =>
        visible.includes(ref) ? testEntity(ref) : undefined,
      ),
    }));
    catalog.streamEntities.mockImplementation(async function* pages() {
      yield visible.map(ref => testEntity(ref));
    });
    access = new EntityAccess({ permissions, catalog, now: () => now });
  });

  it('asks once in 30 seconds for each caller whether the permission is held', async () => {
    permissions.authorize.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
    await access.assertPermission(anna, healthReadPermission);
    await access.assertPermission(anna, healthReadPermission);
    expect(permissions.authorize.mock.calls).toEqual([
      [[{ permission: healthReadPermission }], { credentials: anna }],
    ]);

    permissions.authorize.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
    await expect(
      access.assertPermission(ben, healthReadPermission),
    ).rejects.toThrow('This needs the permission observability.health.read');
    await access.assertPermission(anna, healthReadPermission);
    now += 30_001;
    await expect(
      access.assertPermission(anna, healthReadPermission),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('does not keep an answer that failed', async () => {
    permissions.authorize.mockRejectedValueOnce(new Error('down'));
    await expect(
      access.assertPermission(anna, healthReadPermission),
    ).rejects.toThrow('down');
    permissions.authorize.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
    await access.assertPermission(anna, healthReadPermission);
  });

  it('asks the catalog nothing where the policy allows all, but for what is not indexed', async () => {
    decide({ result: AuthorizeResult.ALLOW });
    await access.assertReadable(anna, 'component:default/any', true);
    await expect(access.readable(anna)).resolves.toBe('all');
    await expect(
      access.readableOf(anna, ['component:default/any']),
    ).resolves.toEqual(new Set(['component:default/any']));
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();
    expect(permissions.authorizeConditional.mock.calls).toEqual([
      [[{ permission: catalogEntityReadPermission }], { credentials: anna }],
    ]);

    await access.assertReadable(anna, 'component:default/web', false);
    await expect(
      access.assertReadable(anna, 'component:default/new', false),
    ).rejects.toThrow(
      'There is no entity component:default/new in the catalog that you may read',
    );
  });

  it('shows nothing where the policy denies all, and says no more than of what is not there', async () => {
    decide({ result: AuthorizeResult.DENY });
    const failures = await Promise.allSettled([
      access.assertReadable(anna, 'component:default/web', true),
      access.assertReadable(anna, 'component:default/web', false),
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({
        reason: {
          name: 'NotFoundError',
          message:
            'There is no entity component:default/web in the catalog that you may read',
        },
      });
    }
    await expect(access.readable(anna)).resolves.toEqual(new Set());
    await expect(
      access.readableOf(anna, ['component:default/web']),
    ).resolves.toEqual(new Set());
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();
    expect(catalog.streamEntities).not.toHaveBeenCalled();
  });

  it('asks the catalog as the caller where it depends on the entity, and keeps the answers for 30 seconds', async () => {
    decide(conditional);
    await access.assertReadable(anna, 'component:default/web', true);
    await expect(
      access.assertReadable(anna, 'component:default/secret', true),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      access.readableOf(anna, [
        'component:default/web',
        'component:default/secret',
        'api:default/rest',
      ]),
    ).resolves.toEqual(new Set(['component:default/web', 'api:default/rest']));
    // What is known already is not asked again.
    expect(
      catalog.getEntitiesByRefs.mock.calls.map(([{ entityRefs }, options]) => [
        entityRefs,
        options,
      ]),
    ).toEqual([
      [['component:default/web'], { credentials: anna }],
      [['component:default/secret'], { credentials: anna }],
      [['api:default/rest'], { credentials: anna }],
    ]);

    visible = [];
    await access.assertReadable(anna, 'component:default/web', true);
    await expect(
      access.assertReadable(ben, 'component:default/web', true),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    now += 30_001;
    await expect(
      access.assertReadable(anna, 'component:default/web', true),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('streams the readable entities once for several askers, and uses them for single ones too', async () => {
    decide(conditional);
    const sets = await Promise.all([
      access.readable(anna),
      access.readable(anna),
    ]);
    expect(sets[0]).toEqual(
      new Set(visible.map(ref => stringifyEntityRef(testEntity(ref)))),
    );
    expect(catalog.streamEntities).toHaveBeenCalledTimes(1);
    await access.assertReadable(anna, 'component:default/web', true);
    expect(catalog.getEntitiesByRefs).not.toHaveBeenCalled();

    now += 30_001;
    await access.readable(anna);
    expect(catalog.streamEntities).toHaveBeenCalledTimes(2);
  });

  it('does not take callers with other restrictions for one another', async () => {
    permissions.authorize.mockResolvedValueOnce([
      { result: AuthorizeResult.ALLOW },
    ]);
    permissions.authorize.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
    const free = mockCredentials.service('external:agent');
    const bound = mockCredentials.service('external:agent', {
      permissionNames: ['catalog.entity.read'],
    });
    await access.assertPermission(free, healthReadPermission);
    await expect(
      access.assertPermission(bound, healthReadPermission),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
