import { CatalogDirectory } from '../CatalogDirectory';
import { OnCallStore } from '../OnCallStore';
import { DAY_MS, iso, peopleOf } from '../scheduleAnswers';
import { dueNotices, LATE_MS, Notice } from './dueNotices';
import { NoticeStore } from './NoticeStore';

/** A shift that has moved may have been told of with another start. */
const TOLD_MS = 2 * DAY_MS;

/**
 * Tells people of their coming shifts and of handoffs. It works from what is on
 * record, so it may run anywhere, late, and several times at once.
 */
export class OnCallReminder {
  readonly #store: Pick<OnCallStore, 'load'>;
  readonly #notices: NoticeStore;
  readonly #directory: Pick<CatalogDirectory, 'people'>;

  constructor(options: {
    store: Pick<OnCallStore, 'load'>;
    notices: NoticeStore;
    directory: Pick<CatalogDirectory, 'people'>;
  }) {
    this.#store = options.store;
    this.#notices = options.notices;
    this.#directory = options.directory;
  }

  /** Looks at all schedules once. */
  async run(now: Date, signal: AbortSignal): Promise<void> {
    const at = iso(now);
    const schedules = await this.#store.load({
      from: iso(now.getTime() - LATE_MS),
      now: at,
    });
    const told = new Map<string, Notice[]>();
    for (const notice of await this.#notices.startingAfter(
      iso(now.getTime() - TOLD_MS),
    )) {
      const known = told.get(notice.schedule) ?? [];
      told.set(notice.schedule, [...known, notice]);
    }
    for (const schedule of schedules) {
      if (signal.aborted) {
        return;
      }
      const find = (nameOf: (person: string) => string) =>
        dueNotices({
          schedule,
          now: at,
          told: told.get(schedule.name) ?? [],
          nameOf,
        });
      if (find(person => person).length > 0) {
        const { people } = await this.#directory.people(peopleOf(schedule, at));
        const due = find(person => people.get(person)?.displayName ?? person);
        await this.#notices.record(due, at);
      }
    }
  }
}
