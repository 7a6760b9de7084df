import { Entity } from '@backstage/catalog-model';
import {
  MisconfiguredOnCallInstance,
  OnCallProvider,
  OnCallReading,
  OnCallSelection,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';

/** Stands for an instance whose configuration cannot be used, and says what is wrong. */
export class MisconfiguredOnCallProvider implements OnCallProvider {
  readonly provider: string;
  readonly title: string;
  readonly instance: string;
  readonly annotations: readonly string[] = [];
  readonly #misconfigured: MisconfiguredOnCallInstance;

  constructor(misconfigured: MisconfiguredOnCallInstance) {
    this.provider = misconfigured.provider;
    this.title = misconfigured.title;
    this.instance = misconfigured.instance;
    this.#misconfigured = misconfigured;
  }

  select(entity: Entity): OnCallSelection {
    return (
      this.#misconfigured.select?.(entity) ?? {
        services: [],
        misconfigurations: [],
      }
    );
  }

  async collect(): Promise<OnCallReading> {
    throw new ProviderError({
      code: 'misconfigured',
      message: this.#misconfigured.message,
    });
  }
}
