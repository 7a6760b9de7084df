import {
  runbookRunChannel,
  RUNBOOKS_CHANNEL,
} from '@watchkeeper/backstage-plugin-observability-common';
import { ChangeSignals } from '../signals/ChangeSignals';

/** Tells open pages that runbooks or runs have changed. */
export class RunbookSignals {
  readonly #changes: ChangeSignals;

  constructor(options: ConstructorParameters<typeof ChangeSignals>[0]) {
    this.#changes = new ChangeSignals(options);
  }

  /** To pages that list runbooks. Never throws: pages that were not told ask again by themselves. */
  async publishRunbooks(): Promise<void> {
    await this.#changes.publish(RUNBOOKS_CHANNEL);
  }

  /** To those who follow a run; never throws. */
  async publishRun(runId: string): Promise<void> {
    await this.#changes.publish(runbookRunChannel(runId));
  }
}
