import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';

/**
 * Tells open pages that there is something new. A signal carries no data: whoever
 * hears it asks again, as the user that they are.
 */
export class ChangeSignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** Never throws: pages that were not told ask again by themselves. */
  async publish(...channels: string[]): Promise<void> {
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
