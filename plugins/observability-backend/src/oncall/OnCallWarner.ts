import { Knex } from 'knex';
import { Outbox } from '../notifications/Outbox';
import { CatalogDirectory } from './CatalogDirectory';
import { OnCallStore } from './OnCallStore';
import { onCallWarnings } from './onCallWarnings';
import { ownerMemberCheck } from './ownerMembers';
import { definitionAt, peopleOf } from './scheduleAnswers';

/** Tells the owners of schedules what they should look at. */
export class OnCallWarner {
  readonly #knex: Knex;
  readonly #store: OnCallStore;
  readonly #directory: CatalogDirectory;
  readonly #outbox: Outbox;

  constructor(options: {
    knex: Knex;
    store: OnCallStore;
    directory: CatalogDirectory;
    outbox: Outbox;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#directory = options.directory;
    this.#outbox = options.outbox;
  }

  /** Looks at all schedules once. */
  async run(now: string, signal: AbortSignal): Promise<void> {
    const schedules = await this.#store.load({ from: now, now });
    const { known } = await this.#directory.people(
      schedules.flatMap(schedule => peopleOf(schedule, now)),
    );
    for (const schedule of schedules) {
      if (signal.aborted) {
        return;
      }
      const { owner } = definitionAt(schedule, now);
      const messages = onCallWarnings(schedule, now, {
        isKnownPerson: ref => known.has(ref),
        ...(await ownerMemberCheck(this.#directory, owner)),
      });
      if (messages.length > 0) {
        await this.#knex.transaction(trx =>
          this.#outbox.add(trx, messages, now),
        );
      }
    }
  }
}
