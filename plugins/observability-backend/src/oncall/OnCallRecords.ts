import { NoticeStore } from './reminders/NoticeStore';

const DAY_MS = 24 * 3_600_000;
/** As long as a person may wonder whether they were told. */
const NOTICES_DAYS = 30;

/** Forgets what was written down of shifts that are long over. */
export class OnCallRecords {
  readonly #notices: Pick<NoticeStore, 'deleteBefore'>;

  constructor(options: { notices: Pick<NoticeStore, 'deleteBefore'> }) {
    this.#notices = options.notices;
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.#notices.deleteBefore(
      new Date(now.getTime() - NOTICES_DAYS * DAY_MS),
    );
  }
}
