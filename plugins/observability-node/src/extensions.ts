import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { SignalKind } from '@watchkeeper/backstage-plugin-observability-common';
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
  /** The vendor's name for people: `Sentry`. */
  title: string;
  instance: string;
  /** Names the configuration key and what is expected there. */
  message: string;
  /**
   * Where it can still be told, what entities' annotations name there: they then
   * show the message in the place of the data.
   */
  select?: Provider['select'];
  kinds?: readonly SignalKind[];
  annotations?: readonly string[];
}

/** @public */
export const observabilityProvidersExtensionPoint =
  createExtensionPoint<ObservabilityProvidersExtensionPoint>({
    id: 'observability.providers',
  });
