import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  incidentChannel,
  INCIDENTS_CHANNEL,
} from '@watchkeeper/backstage-plugin-observability-common';

/** Tells open pages that an incident has changed. They ask again, as the users that they are. */
export class IncidentSignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** Never throws: pages that were not told ask again by themselves. */
  async publish(incidentId: string): Promise<void> {
    for (const channel of [incidentChannel(incidentId), INCIDENTS_CHANNEL]) {
      try {
        await this.#signals.publish({
          recipients: { type: 'broadcast' },
          channel,
          message: {},
        });
      } catch (error) {
        this.#logger.warn(`Could not tell open pages of a change: ${error}`);
      }
    }
  }
}
