import {
  coreServices,
  createBackendModule,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  MetricsService,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  createVendorClient,
  observabilityProvidersExtensionPoint,
  rateLimitFromHeaders,
  readErrorDetail,
  sharedLimiter,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  readSupabaseConfig,
  SupabaseInstance,
  SupabaseProjectAccess,
} from './config';
import { MAX_METRICS_BYTES, MetricsReader } from './metrics/MetricsReader';
import { SupabaseProvider } from './SupabaseProvider';

/** Supabase counts by the minute, which the plan of a cycle heeds; this keeps it from coming all at once. */
export const SUPABASE_LIMITS = { requestsPerSecond: 10, concurrency: 6 };

/** How Supabase tells its limits. */
export const SUPABASE_RATE_LIMIT = rateLimitFromHeaders({
  remaining: 'x-ratelimit-remaining',
  reset: 'x-ratelimit-reset',
  resetIs: 'seconds-left',
});

interface Services {
  logger: LoggerService;
  metrics: MetricsService;
}

/**
 * Reads Supabase for the observability plugin.
 *
 * @public
 */
export const observabilityModuleSupabase = createBackendModule({
  pluginId: 'observability',
  moduleId: 'supabase',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        providers: observabilityProvidersExtensionPoint,
      },
      async init({ config, logger, metrics, providers }) {
        const { instances, misconfigured, count } = readSupabaseConfig(config);
        for (const instance of misconfigured) {
          providers.addMisconfiguredInstance(instance);
        }
        for (const instance of instances) {
          const services = { logger, metrics };
          providers.addProvider(
            new SupabaseProvider({
              ...instance,
              instances: count,
              client: createManagementClient(instance, services),
              metrics: new Map(
                instance.projects.map(access => [
                  access.ref,
                  new MetricsReader({
                    access,
                    client: createMetricsClient(instance, access, services),
                  }),
                ]),
              ),
            }),
          );
        }
      },
    });
  },
});

function createManagementClient(
  instance: SupabaseInstance,
  services: Services,
): VendorClient {
  const { name, baseUrl, accessToken, projects } = instance;
  return createVendorClient({
    ...services,
    ...patienceOf(instance),
    provider: 'supabase',
    instance: name,
    baseUrl,
    headers: () => ({ Authorization: `Bearer ${accessToken}` }),
    redact: projects.map(({ serviceRoleKey }) => serviceRoleKey),
    limiter: sharedLimiter({
      host: baseUrl,
      token: accessToken,
      ...SUPABASE_LIMITS,
    }),
    rateLimit: SUPABASE_RATE_LIMIT,
    errorMessage: readManagementError,
  });
}

/** The key of a project goes to that project's host and nowhere else. */
function createMetricsClient(
  instance: SupabaseInstance,
  { metricsUrl, serviceRoleKey }: SupabaseProjectAccess,
  services: Services,
): VendorClient {
  return createVendorClient({
    ...services,
    ...patienceOf(instance),
    provider: 'supabase',
    instance: instance.name,
    baseUrl: new URL(metricsUrl).origin,
    headers: () => ({ Authorization: basicAuthorization(serviceRoleKey) }),
    redact: [serviceRoleKey, instance.accessToken],
    maximumResponseBytes: MAX_METRICS_BYTES,
    limiter: sharedLimiter({
      host: metricsUrl,
      token: serviceRoleKey,
      concurrency: 2,
    }),
  });
}

/** Failing twice in a row has to be told before the cycle is over. */
function patienceOf({ schedule }: SupabaseInstance) {
  return {
    timeoutMs: Math.min(10_000, (schedule?.timeoutSeconds ?? 50) * 200),
    retries: 1,
  };
}

export function basicAuthorization(serviceRoleKey: string): string {
  const credentials = Buffer.from(`service_role:${serviceRoleKey}`);
  return `Basic ${credentials.toString('base64')}`;
}

/** What PostgreSQL says comes on several lines, with the statement on the second. */
export function readManagementError(
  status: number,
  text: string,
): string | undefined {
  return readErrorDetail(status, text)?.split('\n')[0];
}
