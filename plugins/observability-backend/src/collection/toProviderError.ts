import { LoggerService } from '@backstage/backend-plugin-api';
import {
  isProviderError,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';

/** What a module threw, as it is shown: what is not meant for people goes to the log alone. */
export function toProviderError(
  provider: { provider: string; title: string },
  error: unknown,
  logger: LoggerService,
): ProviderError {
  if (isProviderError(error)) {
    return error;
  }
  logger.error(
    `The ${provider.provider} module failed unexpectedly`,
    error as Error,
  );
  return new ProviderError({
    code: 'unavailable',
    // Without the cause, whose text would be shown on pages.
    message: `The ${provider.title} module failed on our side; the portal's log says why`,
  });
}
