import { ExtensionPointFactoryContext } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  MisconfiguredInstance,
  ObservabilityProvidersExtensionPoint,
  Provider,
  ProviderSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import { MisconfiguredProvider } from './MisconfiguredProvider';

/**
 * The providers that the modules have handed in.
 *
 * A provider that cannot be used fails its own module, never the plugin.
 */
export class ProviderRegistry {
  readonly #providers = new Map<string, Provider>();
  readonly #defaultSchedule: ProviderSchedule;

  constructor(options: { defaultSchedule: ProviderSchedule }) {
    this.#defaultSchedule = options.defaultSchedule;
  }

  /** In the order in which they were added. */
  get providers(): readonly Provider[] {
    return [...this.#providers.values()];
  }

  /** The extension point as one module sees it. */
  extensionPointFor(
    context: Pick<ExtensionPointFactoryContext, 'reportModuleStartupFailure'>,
  ): ObservabilityProvidersExtensionPoint {
    return {
      addProvider: (...added) => {
        for (const provider of added.flat()) {
          this.#add(provider, context);
        }
      },
      addMisconfiguredInstance: (misconfigured: MisconfiguredInstance) =>
        this.#add(new MisconfiguredProvider(misconfigured), context),
    };
  }

  scheduleOf(provider: Provider): ProviderSchedule {
    return provider.schedule ?? this.#defaultSchedule;
  }

  intervalSeconds(source: { provider: string; instance: string }): number {
    const provider = this.#providers.get(keyOf(source));
    return (provider?.schedule ?? this.#defaultSchedule).frequencySeconds;
  }

  /** "Sentry (default)": the vendor's name, as its module gives it, and the instance. */
  sourceName(source: { provider: string; instance: string }): string {
    const provider = this.#providers.get(keyOf(source));
    return `${provider?.title ?? source.provider} (${source.instance})`;
  }

  #add(
    provider: Provider,
    context: Pick<ExtensionPointFactoryContext, 'reportModuleStartupFailure'>,
  ): void {
    const key = keyOf(provider);
    if (this.#providers.has(key)) {
      context.reportModuleStartupFailure({
        error: new ConflictError(
          `There is already a source ${provider.provider} (${provider.instance}); give each instance its own name`,
        ),
      });
      return;
    }
    this.#providers.set(key, provider);
  }
}

function keyOf(source: { provider: string; instance: string }): string {
  return `${source.provider}\n${source.instance}`;
}
