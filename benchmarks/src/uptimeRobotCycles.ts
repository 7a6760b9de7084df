import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { MonitorReading } from '@watchkeeper/backstage-plugin-observability-common';
import {
  isProviderError,
  Provider,
  TargetSelection,
} from '@watchkeeper/backstage-plugin-observability-node';

/** So often one monitor goes down, and a webhook has it read again. */
export const CYCLE_CHANGE_MINUTES = 10;

const silentLogger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silentLogger,
};

/** The cycles of a provider, with what is kept between them. */
export class Cycles {
  count = 0;
  failures = 0;
  /** By the end of a minute, the first aside. */
  oldestStateMs = 0;
  /** The same, from when the account was read through for the first time. */
  oldestResponseMs = 0;
  readonly withPast = new Set<string>();
  readonly #provider: Provider;
  readonly #states = new Map<string, JsonObject>();
  readonly #observedAt = new Map<string, number>();
  readonly #respondedAt = new Map<string, number>();
  readonly #down = new Set<string>();
  #targets: TargetSelection[] = [];
  #instanceState: JsonObject | undefined;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  isDown(id: string): boolean {
    return this.#down.has(id);
  }

  get withResponse(): number {
    return this.#respondedAt.size;
  }

  setTargets(ids: string[]): void {
    this.#targets = ids.flatMap(
      id =>
        this.#provider.select({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: `service-${id}`,
            annotations: { 'uptimerobot.com/monitors': id },
          },
        }).targets,
    );
  }

  async runCycle(requested?: string): Promise<void> {
    this.count += 1;
    const generator = this.#provider.collect({
      targets: this.#targets.map(target => ({
        ...target,
        candidate: false,
        state: this.#states.get(target.key),
        requested: target.key === requested || !this.#states.has(target.key),
      })),
      instanceState: this.#instanceState,
      now: new Date(),
      signal: new AbortController().signal,
      logger: silentLogger,
    });
    try {
      for (;;) {
        const step = await generator.next();
        if (step.done) {
          this.#instanceState = throughJson(step.value);
          return;
        }
        const { key, results, state } = step.value;
        if (state) this.#states.set(key, throughJson(state));
        for (const result of results) {
          if (result.kind !== 'uptime' || 'error' in result) continue;
          this.#observedAt.set(key, result.observedAt.getTime());
          const [monitor] = result.data?.monitors ?? [];
          this.#noteMonitor(key, monitor);
          if (result.history?.length) this.withPast.add(key);
        }
      }
    } catch (error) {
      if (!isProviderError(error)) throw error;
      this.failures += 1;
    }
  }

  /** What is down answers nothing, and so has no response time that could be newer. */
  #noteMonitor(key: string, monitor: MonitorReading | undefined): void {
    if (monitor?.state === 'down') this.#down.add(key);
    if (monitor?.state !== 'up') this.#respondedAt.delete(key);
    else if (monitor.responseObservedAt) {
      this.#respondedAt.set(key, Date.parse(monitor.responseObservedAt));
    }
  }

  measureAges(minute: number): void {
    const oldest = (instants: Map<string, number>) =>
      Date.now() - Math.min(...instants.values());
    if (minute > 1) {
      this.oldestStateMs = Math.max(
        this.oldestStateMs,
        oldest(this.#observedAt),
      );
    }
    if (minute > CYCLE_CHANGE_MINUTES) {
      this.oldestResponseMs = Math.max(
        this.oldestResponseMs,
        oldest(this.#respondedAt),
      );
    }
  }
}

/** As the database does. */
function throughJson<T extends JsonObject | undefined>(value: T): T {
  return value && JSON.parse(JSON.stringify(value));
}
