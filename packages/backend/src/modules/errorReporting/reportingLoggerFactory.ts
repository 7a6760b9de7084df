import { createConfigSecretEnumerator } from '@backstage/backend-defaults/rootConfig';
import {
  WinstonLogger,
  WinstonLoggerLevelOverride,
} from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import * as Sentry from '@sentry/node';
import { ReportingLogger } from './ReportingLogger';

/**
 * The portal's usual logger, whose errors are reported to Sentry too. What the
 * configuration holds for secret is kept out of both.
 */
export const reportingLoggerFactory = createServiceFactory({
  service: coreServices.rootLogger,
  deps: { config: coreServices.rootConfig },
  async factory({ config }) {
    const logger = WinstonLogger.create({
      meta: { service: 'backstage' },
      level: config.getOptionalString('backend.logger.level'),
    });
    logger.setLevelOverrides(readLevelOverrides(config));

    const enumerateSecrets = await createConfigSecretEnumerator({ logger });
    const keepSecrets = () => {
      const configuredSecrets = [...enumerateSecrets(config)];
      logger.addRedactions(configuredSecrets);
      // The SDK never sends this; instrumentation.js scrubs with it.
      Sentry.getGlobalScope().setSDKProcessingMetadata({ configuredSecrets });
    };
    keepSecrets();
    config.subscribe?.(keepSecrets);

    return new ReportingLogger(logger);
  },
});

function readLevelOverrides(
  config: RootConfigService,
): WinstonLoggerLevelOverride[] {
  return (config.getOptionalConfigArray('backend.logger.overrides') ?? []).map(
    override => ({
      matchers: override
        .getConfig('matchers')
        .get<WinstonLoggerLevelOverride['matchers']>(),
      level: override.getString('level'),
    }),
  );
}
