import { ExtensionPointFactoryContext } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  MisconfiguredOnCallInstance,
  ObservabilityOnCallExtensionPoint,
  OnCallProvider,
  OnCallReading,
  OnCallSelection,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { ExternalSourceId } from './ExternalOnCallStore';

/**
 * Those who say who is on call, as the modules have handed them in. One that
 * cannot be used fails its own module, never the plugin.
 */
export class OnCallProviders {
  readonly #providers = new Map<string, OnCallProvider>();

  /** In the order in which they were added. */
  get all(): readonly OnCallProvider[] {
    return [...this.#providers.values()];
  }

  find(source: ExternalSourceId): OnCallProvider | undefined {
    return this.#providers.get(keyOf(source));
  }

  /** The extension point as one module sees it. */
  extensionPointFor(
    context: Pick<ExtensionPointFactoryContext, 'reportModuleStartupFailure'>,
  ): ObservabilityOnCallExtensionPoint {
    const add = (provider: OnCallProvider) => {
      if (this.find(provider)) {
        context.reportModuleStartupFailure({
          error: new ConflictError(
            `There is already a source ${sourceTitle(
              provider,
            )} of on-call schedules; give each instance its own name`,
          ),
        });
        return;
      }
      this.#providers.set(keyOf(provider), provider);
    };
    return {
      addProvider: (...added) => added.flat().forEach(add),
      addMisconfiguredInstance: misconfigured =>
        add(new MisconfiguredOnCallProvider(misconfigured)),
    };
  }
}

/** "PagerDuty (default)": as people are told of a source. */
export function sourceTitle(source: {
  title: string;
  instance: string;
}): string {
  return `${source.title} (${source.instance})`;
}

/** Stands for an instance whose configuration cannot be used, and says what is wrong. */
class MisconfiguredOnCallProvider implements OnCallProvider {
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

function keyOf({ provider, instance }: ExternalSourceId): string {
  return `${provider}\n${instance}`;
}
