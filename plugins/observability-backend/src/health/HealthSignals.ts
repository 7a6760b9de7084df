import {
  ENTITIES_CHANNEL,
  entityChannel,
} from '@watchkeeper/backstage-plugin-observability-common';
import { HealthChange } from '../collection/ReadingsListener';
import { ChangeSignals } from '../signals/ChangeSignals';

/** More than this at once are left to the pages' own asking: a signal is a request to the events plugin. */
const MAXIMUM_ENTITY_SIGNALS = 100;

/**
 * Tells open pages that health has changed. The channel of an entity is known
 * only to those who know its name. What is only fresher, and no different, is not
 * worth a signal for each entity; one for the whole batch is.
 */
export class HealthSignals {
  readonly #changes: ChangeSignals;

  constructor(options: ConstructorParameters<typeof ChangeSignals>[0]) {
    this.#changes = new ChangeSignals(options);
  }

  /** Never throws: pages that were not told ask again by themselves. */
  async publish(change: HealthChange): Promise<void> {
    if (!change.anything && change.entityRefs.length === 0) {
      return;
    }
    await this.#changes.publish(
      ENTITIES_CHANNEL,
      ...change.entityRefs.slice(0, MAXIMUM_ENTITY_SIGNALS).map(entityChannel),
    );
  }
}
