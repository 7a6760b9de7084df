import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  createRateLimiter,
  createVendorClient,
  Reading,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  collectAll,
  createCollectRequest,
} from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  startUptimeRobotStandIn,
  UPTIMEROBOT_STAND_IN_KEYS,
  UptimeRobotStandIn,
  UptimeRobotStandInOptions,
} from '@watchkeeper/stand-ins';
import { UPTIMEROBOT_RATE_LIMIT } from '../module';
import { UptimeRobotProvider } from '../UptimeRobotProvider';

/** An entity with these annotations. */
export function entityWith(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'web', annotations },
  };
}

/** A provider of the account at that address. */
export function createProvider(
  baseUrl: string,
  options: {
    apiKey?: string;
    instances?: string[];
    webhookSecret?: string;
    now?: () => Date;
    client?: Partial<Parameters<typeof createVendorClient>[0]>;
  } = {},
): UptimeRobotProvider {
  const {
    apiKey = UPTIMEROBOT_STAND_IN_KEYS.readOnly,
    instances = ['default'],
    client,
    ...rest
  } = options;
  return new UptimeRobotProvider({
    name: instances[0],
    instances,
    apiKey,
    apiKeySetting: 'observability.uptimeRobot.instances[0].apiKey',
    client: createVendorClient({
      provider: 'uptimerobot',
      instance: instances[0],
      baseUrl,
      limiter: createRateLimiter({ concurrency: 1, now: rest.now }),
      now: rest.now,
      retries: 0,
      // The stand-in answers in this process: on a busy machine it may take its time.
      timeoutMs: 120_000,
      redact: [apiKey],
      logger: mockServices.logger.mock(),
      rateLimit: UPTIMEROBOT_RATE_LIMIT,
      ...client,
    }),
    ...rest,
  });
}

/**
 * An account and a provider that reads it minute by minute, by one clock for
 * both and for the limit.
 */
export class UptimeRobotBench {
  readonly standIn: UptimeRobotStandIn;
  provider: UptimeRobotProvider;
  readonly #states = new Map<string, JsonObject>();
  #instanceState: JsonObject | undefined;

  static async start(
    options: UptimeRobotStandInOptions & { apiKey?: string } = {},
  ): Promise<UptimeRobotBench> {
    const { apiKey, ...rest } = options;
    const clock = createStandInClock({ now: new Date('2026-11-24T13:40:00Z') });
    const standIn = await startUptimeRobotStandIn({
      clock,
      rateLimitNow: () => clock.now().getTime(),
      ...rest,
    });
    const now = () => clock.now();
    return new UptimeRobotBench(
      standIn,
      createProvider(standIn.url, { apiKey, now }),
    );
  }

  private constructor(
    standIn: UptimeRobotStandIn,
    provider: UptimeRobotProvider,
  ) {
    this.standIn = standIn;
    this.provider = provider;
  }

  get now(): Date {
    return this.standIn.control.clock.now();
  }

  /** Lets time pass, then runs a cycle over what the annotations name. */
  async cycle(
    annotation: string | Record<string, string>,
    minutes = 0,
  ): Promise<TargetResult[]> {
    this.standIn.control.clock.advance(minutes * 60_000);
    this.standIn.control.clearRequests();
    const annotations =
      typeof annotation === 'string'
        ? { 'uptimerobot.com/monitors': annotation }
        : annotation;
    const { targets } = this.provider.select(entityWith(annotations));
    const { results, state } = await collectAll(
      this.provider,
      createCollectRequest({
        now: this.now,
        instanceState: this.#instanceState,
        targets: targets.map(target => ({
          ...target,
          candidate: target.candidate ?? false,
          requested: false,
          state: this.#states.get(target.key),
        })),
      }),
    );
    this.#instanceState = state;
    for (const result of results) {
      if (result.state) this.#states.set(result.key, result.state);
    }
    return results;
  }

  /** The paths that were asked in the last cycle. */
  get asked(): string[] {
    return this.standIn.control
      .requests()
      .map(({ path }) => path.split('?')[0]);
  }
}

/** The only reading of a result. */
export function readingOf(
  result: TargetResult | undefined,
): Extract<Reading, { kind: 'uptime' }> {
  const [entry] = result?.results ?? [];
  if (!entry || 'error' in entry || entry.kind !== 'uptime') {
    throw new Error(
      `There is no reading${
        entry && 'error' in entry ? `: ${entry.error.message}` : ''
      }`,
    );
  }
  return entry;
}
