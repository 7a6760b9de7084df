import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  ENTITIES_CHANNEL,
  entityChannel,
} from '@watchkeeper/backstage-plugin-observability-common';
import { HealthChange } from '../collection/ReadingsListener';

/** More than this at once are left to the pages' own asking: a signal is a request to the events plugin. */
const MAXIMUM_ENTITY_SIGNALS = 100;

/**
 * Tells open pages that there is something new.
 *
 * A signal carries no data: whoever hears it asks again, as the user that they
 * are. The channel of an entity is known only to those who know its name. What
 * is only fresher, and no different, is not worth a signal for each entity;
 * one for the whole batch is.
 */
export class HealthSignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** Never throws: pages that were not told ask again by themselves. */
  async publish(change: HealthChange): Promise<void> {
    if (!change.anything && change.entityRefs.length === 0) {
      return;
    }
    const channels = [
      ENTITIES_CHANNEL,
      ...change.entityRefs.slice(0, MAXIMUM_ENTITY_SIGNALS).map(entityChannel),
    ];
    const results = await Promise.allSettled(
      channels.map(channel =>
        this.#signals.publish({
          recipients: { type: 'broadcast' },
          channel,
          message: {},
        }),
      ),
    );
    const failed = results.find(result => result.status === 'rejected');
    if (failed) {
      this.#logger.warn(
        `Could not tell open pages of a change: ${failed.reason}`,
      );
    }
  }
}
