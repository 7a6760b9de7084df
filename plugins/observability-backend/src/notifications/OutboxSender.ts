import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Outbox } from './Outbox';

const LEASE_SECONDS = 60;
const LIMIT = 50;
const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 15 * 60;

/**
 * Hands due messages to the portal's notifications.
 *
 * A message is claimed with a lease, sent, then marked. A sender that dies in
 * between leaves it to be claimed again when the lease is over, so it may be
 * sent twice; its scope makes that one row in a person's notifications.
 */
export class OutboxSender {
  readonly #outbox: Outbox;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    outbox: Outbox;
    notifications: NotificationService;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#outbox = options.outbox;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /** Sends what is due. Throws the last failure after having tried all. */
  async run(signal: AbortSignal): Promise<void> {
    const messages = await this.#outbox.claim({
      now: this.#now(),
      leaseSeconds: LEASE_SECONDS,
      limit: LIMIT,
    });
    let failure: unknown;
    for (const message of messages) {
      signal.throwIfAborted();
      try {
        await this.#notifications.send({
          recipients: { type: 'entity', entityRef: message.recipients },
          payload: message.payload,
        });
        await this.#outbox.markSent(message.id, this.#now());
      } catch (error) {
        failure = error;
        const pauseSeconds = Math.min(
          FIRST_PAUSE_SECONDS * 2 ** (message.attempts - 1),
          LONGEST_PAUSE_SECONDS,
        );
        this.#logger.warn(
          `Could not send the notification "${message.payload.title}"; next try in ${pauseSeconds} s`,
          error as Error,
        );
        await this.#outbox.postpone(
          message.id,
          new Date(this.#now().getTime() + pauseSeconds * 1000),
        );
      }
    }
    if (failure) {
      throw failure;
    }
  }
}
