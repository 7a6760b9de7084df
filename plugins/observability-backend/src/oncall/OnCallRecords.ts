import { HandoffStore } from './handoff/HandoffStore';
import { NoticeStore } from './reminders/NoticeStore';

const DAY_MS = 24 * 3_600_000;
/** As long as a person may wonder whether they were told. */
const NOTICES_DAYS = 30;
/** Checklists and handoff notes. */
const NOTES_DAYS = 400;

/** Forgets what was written down of shifts that are long over. */
export class OnCallRecords {
  readonly #notices: Pick<NoticeStore, 'deleteBefore'>;
  readonly #handoffs: Pick<HandoffStore, 'deleteBefore'>;

  constructor(options: {
    notices: Pick<NoticeStore, 'deleteBefore'>;
    handoffs: Pick<HandoffStore, 'deleteBefore'>;
  }) {
    this.#notices = options.notices;
    this.#handoffs = options.handoffs;
  }

  async deleteExpired(now: Date): Promise<void> {
    const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
    await this.#notices.deleteBefore(ago(NOTICES_DAYS));
    await this.#handoffs.deleteBefore(ago(NOTES_DAYS));
  }
}
