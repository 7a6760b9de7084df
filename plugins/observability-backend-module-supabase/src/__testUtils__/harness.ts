import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  createRateLimiter,
  createVendorClient,
  Provider,
  Reading,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  collectAll,
  createCollectRequest,
  createTestClock,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  startSupabaseStandIn,
  SupabaseStandIn,
  SupabaseStandInOptions,
} from '@watchkeeper/stand-ins';
import { MetricsReader } from '../metrics/MetricsReader';
import {
  basicAuthorization,
  readManagementError,
  SUPABASE_LIMITS,
  SUPABASE_RATE_LIMIT,
} from '../module';
import { SupabaseProvider, SupabaseProviderOptions } from '../SupabaseProvider';

export type DatabaseReading = Extract<Reading, { kind: 'database' }>;

export const START = new Date('2026-11-24T13:40:00Z');
export const MINUTE = 60_000;

/** An entity whose annotation names these projects. */
export function entityOf(references: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'crm-db',
      annotations: { 'supabase.com/project-ref': references },
    },
  };
}

/** The machine's time, by which both sides reckon the limits; waiting for it takes none. */
const machine = createTestClock();
const started: SupabaseStandIn[] = [];

/** A provider of a Supabase at that address, with keys to the metrics of these projects. */
export function createProvider(
  url: string,
  options: Partial<Omit<SupabaseProviderOptions, 'client' | 'metrics'>> & {
    token?: string;
    key?: string;
    references?: string[];
    client?: Partial<Parameters<typeof createVendorClient>[0]>;
  } = {},
): SupabaseProvider {
  const {
    token = 'sbp_stand-in',
    key = 'sb_secret_stand-in',
    references = [],
    client,
    ...rest
  } = options;
  const usual = {
    provider: 'supabase',
    instance: 'default',
    baseUrl: url,
    limiter: createRateLimiter({ ...SUPABASE_LIMITS, ...machine }),
    ...machine,
    retries: 0,
    // The stand-in answers in this process: on a busy machine it may take its time.
    timeoutMs: 120_000,
    logger: mockServices.logger.mock(),
    ...client,
  };
  return new SupabaseProvider({
    name: 'default',
    instances: 1,
    settings: {
      accessToken: 'observability.supabase.instances[0].accessToken',
      projects: 'observability.supabase.instances[0].projects',
    },
    client: createVendorClient({
      ...usual,
      headers: () => ({ Authorization: `Bearer ${token}` }),
      rateLimit: SUPABASE_RATE_LIMIT,
      errorMessage: readManagementError,
    }),
    metrics: new Map(
      references.map(ref => [
        ref,
        new MetricsReader({
          access: {
            metricsUrl: `${url}/metrics/${ref}/customer/v1/privileged/metrics`,
            keySetting:
              'observability.supabase.instances[0].projects[0].serviceRoleKey',
          },
          client: createVendorClient({
            ...usual,
            headers: () => ({ Authorization: basicAuthorization(key) }),
          }),
        }),
      ]),
    ),
    ...rest,
  });
}

/** Runs cycles of a provider and keeps its state between them, as the product does. */
export class CycleRunner {
  provider: Provider;
  readonly #standIn: SupabaseStandIn;
  readonly #states = new Map<string, JsonObject>();
  #instanceState: JsonObject | undefined;

  constructor(provider: Provider, standIn: SupabaseStandIn) {
    this.provider = provider;
    this.#standIn = standIn;
  }

  /** Runs one at the stand-in's time. */
  async run(
    keys: string[],
    options: { requested?: boolean; candidate?: boolean } = {},
  ): Promise<TargetResult[]> {
    const { requested = false, candidate = false } = options;
    const { results, state } = await collectAll(
      this.provider,
      createCollectRequest({
        targets: keys.map(key => ({
          key,
          kinds: ['database'],
          candidate,
          requested,
          state: this.#states.get(key),
        })),
        instanceState: this.#instanceState,
        now: this.#standIn.control.clock.now(),
      }),
    );
    for (const result of results) {
      // As the database does.
      if (result.state) {
        const stored = JSON.parse(JSON.stringify(result.state));
        this.#states.set(result.key, stored);
      }
    }
    this.#instanceState = state;
    return results;
  }

  /** The reading of a single project. */
  async read(
    key: string,
    options: { requested?: boolean } = {},
  ): Promise<DatabaseReading> {
    return readingOf(await this.run([key], options), key);
  }

  /** Time goes by on both sides. */
  advance(millis: number): void {
    machine.advance(millis);
    this.#standIn.control.clock.advance(millis);
  }
}

/** The reading of one of the targets. */
export function readingOf(
  results: readonly TargetResult[],
  key: string,
): DatabaseReading {
  const [entry] = results.find(result => result.key === key)?.results ?? [];
  if (!entry || 'error' in entry) {
    throw new Error(`No reading of ${key}: ${entry?.error.message}`);
  }
  return entry as DatabaseReading;
}

/** The measured values of a reading by metric. */
export function valuesOf({
  measurements,
}: DatabaseReading): Record<string, number | string> {
  return Object.fromEntries(
    measurements.map(({ metric, value }) => [metric, value]),
  );
}

/** Starts a stand-in which enforces its limit, with a provider that has run no cycle yet. */
export async function startSupabase(
  options: SupabaseStandInOptions & { references?: string[] } = {},
) {
  const { references, ...rest } = options;
  const standIn = await startSupabaseStandIn({
    clock: createStandInClock({ now: START }),
    rateLimits: { now: () => machine.now().getTime() },
    ...rest,
  });
  started.push(standIn);
  const provider = createProvider(standIn.url, { references });
  return { standIn, runner: new CycleRunner(provider, standIn) };
}

/** Stops all that a test has started. */
export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map(standIn => standIn.close()));
}
