import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  runbookRunChannel,
  RUNBOOKS_CHANNEL,
} from '@watchkeeper/backstage-plugin-observability-common';

/** Tells open pages that runbooks or runs have changed. They ask again, as the users that they are. */
export class RunbookSignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** To pages that list runbooks. Never throws: pages that were not told ask again by themselves. */
  async publishRunbooks(): Promise<void> {
    await this.#publish(RUNBOOKS_CHANNEL);
  }

  /** To those who follow a run; never throws. */
  async publishRun(runId: string): Promise<void> {
    await this.#publish(runbookRunChannel(runId));
  }

  async #publish(channel: string): Promise<void> {
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
