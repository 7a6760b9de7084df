import { Entity } from '@backstage/catalog-model';
import { SignalKind } from '@watchkeeper/backstage-plugin-observability-common';
import {
  EntitySelection,
  MisconfiguredInstance,
  Provider,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';

/**
 * Stands for an instance whose configuration cannot be used: it has the targets
 * that the instance would have, as far as that can be told, and says what is
 * wrong.
 */
export class MisconfiguredProvider implements Provider {
  readonly provider: string;
  readonly title: string;
  readonly instance: string;
  readonly kinds: readonly SignalKind[];
  readonly annotations: readonly string[];
  readonly #misconfigured: MisconfiguredInstance;

  constructor(misconfigured: MisconfiguredInstance) {
    this.provider = misconfigured.provider;
    this.title = misconfigured.title;
    this.instance = misconfigured.instance;
    this.kinds = misconfigured.kinds ?? [];
    this.annotations = misconfigured.annotations ?? [];
    this.#misconfigured = misconfigured;
  }

  /** Whether it can be told which targets the instance would have. */
  get canSelect(): boolean {
    return this.#misconfigured.select !== undefined;
  }

  select(entity: Entity): EntitySelection {
    return (
      this.#misconfigured.select?.(entity) ?? {
        targets: [],
        misconfigurations: [],
      }
    );
  }

  async *collect(): ReturnType<Provider['collect']> {
    yield* [];
    throw new ProviderError({
      code: 'misconfigured',
      message: this.#misconfigured.message,
    });
  }
}
