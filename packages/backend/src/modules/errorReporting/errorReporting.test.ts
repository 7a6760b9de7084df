import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import * as Sentry from '@sentry/node';
import request from 'supertest';
import { createScrubber } from '../../scrubSecrets';
import reportingLogger from '.';

// Which of the configuration is secret is read from every package's schema.
jest.setTimeout(60_000);

const CONFIGURED_SECRET = 'c29tZXRoaW5nLWtlcHQ';

const events: Sentry.ErrorEvent[] = [];

const failingPlugin = createBackendPlugin({
  pluginId: 'failing',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ httpRouter, logger }) {
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.use((req, _res, next) => {
          if (req.path === '/logged') {
            logger.error('The task failed', { task: 'collect', attempt: 3 });
            logger.warn('Nothing to report');
          }
          next(
            new Error(`Refused ${CONFIGURED_SECRET}, with password=opensesame`),
          );
        });
      },
    });
  },
});

describe('errorReporting', () => {
  beforeAll(() => {
    const scrub = createScrubber([]);
    Sentry.init({
      dsn: 'http://key@127.0.0.1:1/1',
      defaultIntegrations: false,
      beforeSend: event => {
        const scrubbed = scrub(event);
        if (scrubbed) {
          events.push(scrubbed);
        }
        return null;
      },
    });
  });

  afterAll(async () => {
    await Sentry.close();
  });

  it('reports what a request failed with and what a plugin logs as an error, by plugin', async () => {
    const { prototype } = WinstonLogger;
    jest.spyOn(prototype, 'info').mockReturnValue();
    jest.spyOn(prototype, 'warn').mockReturnValue();
    const logged = jest.spyOn(prototype, 'error').mockReturnValue();
    const { server } = await startTestBackend({
      features: [
        failingPlugin,
        reportingLogger,
        mockServices.rootConfig.factory({
          data: {
            backend: { auth: { keys: [{ secret: CONFIGURED_SECRET }] } },
          },
        }),
      ],
    });

    await request(server).get('/api/failing/logged').expect(500);
    await Sentry.flush();

    expect(logged.mock.calls.map(([message]) => message)).toEqual([
      'The task failed',
      'Request failed with status 500',
    ]);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      message: 'The task failed',
      level: 'error',
      tags: { plugin: 'failing', task: 'collect' },
      extra: { attempt: 3 },
    });
    expect(events[1]).toMatchObject({
      exception: {
        values: [{ value: 'Refused [scrubbed], with password=[scrubbed]' }],
      },
      tags: { plugin: 'failing' },
      extra: { message: 'Request failed with status 500' },
    });
  });
});
