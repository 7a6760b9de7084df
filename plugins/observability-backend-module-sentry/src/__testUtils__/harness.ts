import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { SignalKind } from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectTarget,
  createRateLimiter,
  createVendorClient,
  Provider,
  Reading,
  ReadingFailure,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';
import { createTestClock } from '@watchkeeper/backstage-plugin-observability-node/testUtils';
import {
  createStandInClock,
  SentryStandIn,
  SentryStandInOptions,
  startSentryStandIn,
} from '@watchkeeper/stand-ins';
import { SENTRY_LIMITS, SENTRY_RATE_LIMIT } from '../module';
import { SentryProvider, SentryProviderOptions } from '../SentryProvider';
import { acmeWorld } from './world';

/** An entity with these annotations. */
export function entityWith(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'web', annotations },
  };
}

/** The machine's time, by which both sides reckon the limits; waiting for it takes none. */
const machine = createTestClock();
const started: SentryStandIn[] = [];

/** A provider of a Sentry at that address. */
export function createProvider(
  baseUrl: string,
  options: Partial<Omit<SentryProviderOptions, 'client'>> & {
    token?: string;
    client?: Partial<Parameters<typeof createVendorClient>[0]>;
  } = {},
): SentryProvider {
  const {
    token = 'sntrys_stand-in',
    organization = 'acme',
    client,
    ...rest
  } = options;
  return new SentryProvider({
    name: 'default',
    organization,
    organizations: [organization],
    baseUrl,
    settings: {
      organization: 'observability.sentry.instances[0].organization',
      token: 'observability.sentry.instances[0].token',
    },
    client: createVendorClient({
      provider: 'sentry',
      instance: 'default',
      baseUrl,
      headers: () => ({ Authorization: `Bearer ${token}` }),
      limiter: createRateLimiter({ ...SENTRY_LIMITS, ...machine }),
      ...machine,
      retries: 0,
      // The stand-in answers in this process: on a busy machine it may take its time.
      timeoutMs: 120_000,
      logger: mockServices.logger.mock(),
      rateLimit: SENTRY_RATE_LIMIT,
      ...client,
    }),
    ...rest,
  });
}

/** What a cycle yielded, by target and kind. */
export class CycleResults {
  readonly all: TargetResult[];

  constructor(all: TargetResult[]) {
    this.all = all;
  }

  of(key: string): TargetResult {
    const found = this.all.find(result => result.key === key);
    if (!found) throw new Error(`Nothing was yielded for ${key}`);
    return found;
  }

  reading<K extends SignalKind>(
    key: string,
    kind: K,
  ): Extract<Reading, { kind: K }> {
    const found = this.of(key).results.find(result => result.kind === kind);
    if (!found || 'error' in found) {
      const reason = found ? `: ${found.error.message}` : '';
      throw new Error(`No reading of ${kind} for ${key}${reason}`);
    }
    return found as Extract<Reading, { kind: K }>;
  }

  failure(key: string, kind: SignalKind): ReadingFailure['error'] {
    const found = this.of(key).results.find(result => result.kind === kind);
    if (!found || !('error' in found)) {
      throw new Error(`No failure of ${kind} for ${key}`);
    }
    return found.error;
  }
}

/** Runs cycles of a provider and keeps its state between them, as the product does. */
export class CycleRunner {
  /** Another one is another replica of the portal. */
  provider: Provider;
  readonly #states = new Map<string, JsonObject>();
  #instanceState: JsonObject | undefined;

  constructor(provider: Provider) {
    this.provider = provider;
  }

  /** What is remembered of a target. */
  stateOf(key: string): JsonObject | undefined {
    return this.#states.get(key);
  }

  async run(options: {
    keys: string[];
    now: Date;
    requested?: string[];
    candidate?: boolean;
    signal?: AbortSignal;
  }): Promise<CycleResults> {
    const { keys, now, requested = [], candidate = false } = options;
    const targets = keys.map(
      (key): CollectTarget => ({
        key,
        kinds: [...this.provider.kinds],
        candidate,
        requested: requested.includes(key) || !this.#states.has(key),
        state: this.#states.get(key),
      }),
    );
    const cycle = this.provider.collect({
      targets,
      instanceState: this.#instanceState,
      now,
      signal: options.signal ?? new AbortController().signal,
      logger: mockServices.logger.mock(),
    });
    const results: TargetResult[] = [];
    let next = await cycle.next();
    while (!next.done) {
      results.push(next.value);
      // As the database does.
      if (next.value.state) {
        const stored = JSON.parse(JSON.stringify(next.value.state));
        this.#states.set(next.value.key, stored);
      }
      next = await cycle.next();
    }
    this.#instanceState = next.value;
    return new CycleResults(results);
  }
}

/**
 * Starts a stand-in of Sentry which enforces its limits, with a provider that
 * has run no cycle yet.
 */
export async function startSentry(options: SentryStandInOptions = {}) {
  const clock = createStandInClock({ now: new Date('2026-11-24T13:40:00Z') });
  const standIn = await startSentryStandIn({
    clock,
    world: acmeWorld(),
    rateLimits: { now: () => machine.now().getTime() },
    ...options,
  });
  started.push(standIn);
  const provider = createProvider(standIn.url);
  return {
    standIn,
    clock: standIn.control.clock,
    runner: new CycleRunner(provider),
  };
}

/** Stops all that a test has started. */
export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map(standIn => standIn.close()));
}
