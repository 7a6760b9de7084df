import { Swap } from '@watchkeeper/backstage-plugin-observability-common';
import { Outbox, OutboxMessage } from '../../notifications/Outbox';
import { CatalogDirectory } from '../CatalogDirectory';
import { StoredSchedule, WithChange } from '../OnCallStore';
import { peopleOf } from '../scheduleAnswers';
import {
  ChangeByHand,
  coverAskedMessages,
  watchChangeMessages,
} from './changeMessages';

/** Prepares what people are told of changes by hand, to be written with the change itself. */
export class ChangeNotifier {
  readonly #outbox: Outbox;
  readonly #directory: Pick<CatalogDirectory, 'people'>;

  constructor(options: {
    outbox: Outbox;
    directory: Pick<CatalogDirectory, 'people'>;
  }) {
    this.#outbox = options.outbox;
    this.#directory = options.directory;
  }

  /** For those who lose or get a part of the watch. */
  async ofChange(options: {
    before: StoredSchedule;
    after: StoredSchedule;
    from: string;
    to: string;
    change: ChangeByHand;
    now: string;
  }): Promise<WithChange> {
    const nameOf = await this.#namesIn(options.after, options.now);
    return this.#write(watchChangeMessages({ ...options, nameOf }), options);
  }

  /** For those who could take the shift. */
  async ofCoverAsked(options: {
    schedule: StoredSchedule;
    swap: Swap;
    by: string;
    now: string;
  }): Promise<WithChange> {
    const nameOf = await this.#namesIn(options.schedule, options.now);
    return this.#write(coverAskedMessages({ ...options, nameOf }), options);
  }

  async #namesIn(schedule: StoredSchedule, now: string) {
    const { people } = await this.#directory.people(peopleOf(schedule, now));
    return (person: string) => people.get(person)?.displayName ?? person;
  }

  #write(messages: OutboxMessage[], { now }: { now: string }): WithChange {
    return trx => this.#outbox.add(trx, messages, now);
  }
}
