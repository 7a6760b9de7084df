import { ExtensionPointFactoryContext } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  ObservabilityOnCallExtensionPoint,
  OnCallProvider,
} from '@watchkeeper/backstage-plugin-observability-node';
import { ExternalSourceId } from './ExternalOnCallStore';
import { MisconfiguredOnCallProvider } from './MisconfiguredOnCallProvider';

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

function keyOf({ provider, instance }: ExternalSourceId): string {
  return `${provider}\n${instance}`;
}
