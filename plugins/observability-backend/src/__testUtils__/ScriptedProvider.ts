import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  ErrorsData,
  parseAnnotationList,
  SignalKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  CollectRequest,
  EntitySelection,
  Provider,
  ProviderSchedule,
  ProviderWebhook,
  Reading,
  TargetResult,
} from '@watchkeeper/backstage-plugin-observability-node';

type Script = (
  request: CollectRequest,
) => AsyncGenerator<TargetResult, JsonObject | undefined>;

/**
 * A vendor that does as it is told. Entities name its targets in the annotation
 * `<provider>.test/ids`. Unless a script says otherwise, each target answers
 * with as many errors as `values` has for it.
 */
export class ScriptedProvider implements Provider {
  readonly provider: string;
  readonly title: string;
  readonly instance: string;
  readonly kinds: readonly SignalKind[];
  readonly schedule?: ProviderSchedule;
  readonly annotations: readonly string[];
  readonly webhook?: ProviderWebhook;
  /** Whether annotations leave open which instance is meant. */
  candidates = false;
  values: Record<string, number> = {};
  script: Script = request => this.readAll(request);
  /** What was asked for, oldest first. */
  readonly requests: CollectRequest[] = [];

  constructor(
    options: {
      provider?: string;
      instance?: string;
      kinds?: SignalKind[];
      schedule?: ProviderSchedule;
      webhook?: ProviderWebhook;
    } = {},
  ) {
    this.provider = options.provider ?? 'fake';
    this.title = `${this.provider[0].toUpperCase()}${this.provider.slice(1)}`;
    this.instance = options.instance ?? 'default';
    this.kinds = options.kinds ?? ['errors'];
    this.schedule = options.schedule;
    this.webhook = options.webhook;
    this.annotations = [`${this.provider}.test/ids`];
  }

  select(entity: Entity): EntitySelection {
    const value = entity.metadata.annotations?.[this.annotations[0]];
    const keys = parseAnnotationList(value);
    const bad = keys.filter(key => key.startsWith('bad'));
    return {
      targets: keys
        .filter(key => !bad.includes(key))
        .map(key => ({
          key,
          kinds: [...this.kinds],
          ...(this.candidates ? { candidate: true } : {}),
        })),
      misconfigurations: bad.map(key => ({
        annotation: this.annotations[0],
        message: `"${key}" is no id`,
      })),
    };
  }

  collect(request: CollectRequest) {
    this.requests.push(request);
    return this.script(request);
  }

  async *readAll(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    for (const { key } of request.targets) {
      yield {
        key,
        results: [errorsReading(request.now, this.values[key] ?? 0)],
      };
    }
    return { cycles: this.requests.length };
  }
}

/** A reading with so many errors in the last five minutes. */
export function errorsReading(observedAt: Date, count: number): Reading {
  return {
    kind: 'errors',
    observedAt,
    data: errorsData({ events: count }),
    measurements: [{ metric: 'errors.count', value: count }],
    samples: [{ metric: 'errors.count', at: observedAt, value: count }],
  };
}

/** The data of a kind of signal. */
export function errorsData(overrides: Partial<ErrorsData> = {}): ErrorsData {
  return {
    window: '24h',
    events: 0,
    previousEvents: 0,
    users: 0,
    issues: [],
    trend: [],
    ...overrides,
  };
}
