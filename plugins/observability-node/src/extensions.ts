import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Provider } from './Provider';

/**
 * Where vendor modules hand in their providers.
 *
 * @public
 */
export interface ObservabilityProvidersExtensionPoint {
  /** Adds providers; a second one of the same provider and instance is refused. */
  addProvider(...providers: Array<Provider | Provider[]>): void;
  /**
   * Tells of an instance in configuration that cannot be used. It is shown as
   * `misconfigured` where its data would stand; the portal starts all the same.
   */
  addMisconfiguredInstance(options: MisconfiguredInstance): void;
}

/** @public */
export interface MisconfiguredInstance {
  provider: string;
  instance: string;
  /** Names the configuration key and what is expected there. */
  message: string;
}

/** @public */
export const observabilityProvidersExtensionPoint =
  createExtensionPoint<ObservabilityProvidersExtensionPoint>({
    id: 'observability.providers',
  });
