import { ON_CALL_CHANNEL } from '@watchkeeper/backstage-plugin-observability-common';
import { ChangeSignals } from '../signals/ChangeSignals';

/** Tells open pages that the watch has changed. */
export class OnCallSignals {
  readonly #changes: ChangeSignals;

  constructor(options: ConstructorParameters<typeof ChangeSignals>[0]) {
    this.#changes = new ChangeSignals(options);
  }

  /** Never throws: pages that were not told ask again by themselves. */
  async publish(): Promise<void> {
    await this.#changes.publish(ON_CALL_CHANNEL);
  }
}
