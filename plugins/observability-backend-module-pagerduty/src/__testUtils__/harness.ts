import { mockServices } from '@backstage/backend-test-utils';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  createRateLimiter,
  createVendorClient,
  OnCallCollectRequest,
  OnCallProvider,
  OnCallReading,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createTestClock } from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import { PAGERDUTY_STAND_IN_TOKENS } from '@watchkeeper/stand-ins';
import { readErrors } from '../api/readErrors';
import { pagerDutyHeaders, PAGERDUTY_RATE_LIMIT } from '../module';
import {
  PagerDutyProvider,
  PagerDutyProviderOptions,
} from '../PagerDutyProvider';

const DAY_MS = 86_400_000;

/** An entity with these annotations. */
export function entityWith(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'worker', annotations },
  };
}

/** An account of a PagerDuty at that address; to wait for it takes no time. */
export function createProvider(
  baseUrl: string,
  options: Partial<Omit<PagerDutyProviderOptions, 'client'>> & {
    token?: string;
    client?: Partial<Parameters<typeof createVendorClient>[0]>;
  } = {},
): PagerDutyProvider {
  const { token = PAGERDUTY_STAND_IN_TOKENS.token, client, ...rest } = options;
  const clock = createTestClock(new Date());
  return new PagerDutyProvider({
    name: 'default',
    names: ['default'],
    allowOverrides: false,
    ...rest,
    client: createVendorClient({
      provider: 'pagerduty',
      instance: 'default',
      baseUrl,
      headers: () => pagerDutyHeaders(token),
      limiter: createRateLimiter({ concurrency: 1, ...clock }),
      logger: mockServices.logger.mock(),
      retries: 0,
      rateLimit: PAGERDUTY_RATE_LIMIT,
      errorMessage: readErrors,
      ...clock,
      ...client,
    }),
  });
}

/** Reads what entities name, as the back end asks for it. */
export function collect(
  provider: OnCallProvider,
  options: {
    entities: Entity[];
    now: Date;
    state?: OnCallCollectRequest['instanceState'];
    logger?: LoggerService;
  },
): Promise<OnCallReading> {
  const { entities, now, state } = options;
  return provider.collect({
    services: entities.flatMap(entity => provider.select(entity).services),
    from: new Date(now.getTime() - DAY_MS),
    to: new Date(now.getTime() + 30 * DAY_MS),
    // As it is stored.
    instanceState: state && JSON.parse(JSON.stringify(state)),
    now,
    signal: new AbortController().signal,
    logger: options.logger ?? mockServices.logger.mock(),
  });
}
