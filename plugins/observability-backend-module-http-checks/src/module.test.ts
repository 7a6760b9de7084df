import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createTestDatabases, openStores } from './__testUtils__/stores';
import { startServer, stopServers } from './__testUtils__/servers';
import observabilityModuleHttpChecks from '.';

jest.setTimeout(60_000);

describe('the module', () => {
  const databases = createTestDatabases();

  afterEach(stopServers);

  it('makes the checks, tells of changes, and says in the log what cannot be used', async () => {
    const { url } = await startServer((_request, response) => {
      response.end('fine');
    });
    const { knex, store } = await openStores(databases, 'SQLITE_3');
    const providers: Provider[] = [];
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const scheduler = mockServices.scheduler.mock();
    const backend = await startTestBackend({
      extensionPoints: [
        [
          observabilityProvidersExtensionPoint,
          {
            addProvider: (...added) => providers.push(...added.flat()),
            addMisconfiguredInstance: () => {},
          },
        ],
      ],
      features: [
        observabilityModuleHttpChecks,
        metricsServiceMock.factory(),
        scheduler.factory,
        logger.factory,
        mockServices.database.factory({ knex, migrations: { skip: false } }),
        mockServices.rootConfig.factory({
          data: {
            observability: {
              httpChecks: {
                checks: [
                  { name: 'web', url, allowPrivateNetworks: true },
                  { name: 'broken', url: 'ftp://app.acme.example' },
                ],
              },
            },
          },
        }),
      ],
    });
    expect(
      providers.map(({ provider, instance, title, kinds, annotations }) => ({
        provider,
        instance,
        title,
        kinds,
        annotations,
      })),
    ).toEqual([
      {
        provider: 'http-checks',
        instance: 'default',
        title: 'HTTP checks',
        kinds: ['uptime'],
        annotations: ['watchkeeper.io/http-checks'],
      },
    ]);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining("'observability.httpChecks.checks[1].url'"),
    );

    const heard = new Promise<string[]>(resolve => {
      providers[0].watch?.(resolve);
    });
    const [[task]] = scheduler.scheduleTask.mock.calls;
    expect(task).toMatchObject({ scope: 'local', frequency: { seconds: 1 } });
    const { signal } = new AbortController();
    await task.fn(signal);
    await store.rememberTargets(new Map([['web', ['web']]]));
    await knex('http_checks').update({ due_at: '2026-01-01T00:00:00.000Z' });
    await task.fn(signal);
    expect(await heard).toEqual(['web']);
    const [{ state }] = await store.read(['web']);
    expect(state).toMatchObject({
      state: 'up',
      responseMs: expect.any(Number),
    });
    await backend.stop();
  });
});
