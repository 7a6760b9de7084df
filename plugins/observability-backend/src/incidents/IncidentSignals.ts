import {
  incidentChannel,
  INCIDENTS_CHANNEL,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ChangeSignals } from '../signals/ChangeSignals';

/** Tells open pages that an incident has changed. */
export class IncidentSignals {
  readonly #changes: ChangeSignals;

  constructor(options: ConstructorParameters<typeof ChangeSignals>[0]) {
    this.#changes = new ChangeSignals(options);
  }

  /** To those who look at it, and to pages that list incidents. Never throws: pages that were not told ask again by themselves. */
  async publish(incidentId: string): Promise<void> {
    await this.#changes.publish(incidentChannel(incidentId), INCIDENTS_CHANNEL);
  }
}
