import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { OnCallProvider } from './OnCallProvider';

/** An instance whose configuration cannot be used.
 * @public */
export interface MisconfiguredOnCallInstance {
  provider: string;
  /** The source's name for people: `PagerDuty`. */
  title: string;
  instance: string;
  /** Names the configuration key and what is expected there. */
  message: string;
  /**
   * Where it can still be told, what entities' annotations name there: they then
   * show the message in the place of who is on call.
   */
  select?: OnCallProvider['select'];
}

/**
 * Where modules hand in those who say who is on call.
 *
 * @public
 */
export interface ObservabilityOnCallExtensionPoint {
  /** Adds providers; a second one of the same provider and instance is refused. */
  addProvider(...providers: Array<OnCallProvider | OnCallProvider[]>): void;
  /**
   * Tells of an instance in configuration that cannot be used. It is shown among
   * the problems of schedules; the portal starts all the same.
   */
  addMisconfiguredInstance(options: MisconfiguredOnCallInstance): void;
}

/** @public */
export const observabilityOnCallExtensionPoint =
  createExtensionPoint<ObservabilityOnCallExtensionPoint>({
    id: 'observability.on-call',
  });
