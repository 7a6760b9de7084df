import type {
  CalendarFeed,
  CreatedCalendarFeed,
  HandoffNote,
  HandoffNoteEdit,
  HandoffSigning,
  NewCalendarFeed,
  ShiftChecklist,
  ShiftChecklistEdit,
} from '@watchkeeper/backstage-plugin-observability-common';
import { checklist, feed, note } from '../src/oncall/__fixtures__/papers';
import { READER } from '../src/oncall/__fixtures__/production';
import { pause } from './pause';

/** The links, checklists and handoff notes of the made-up schedules; what is written stays until the page is loaded again. */
export class DevShiftPapersApi {
  #feeds: CalendarFeed[] = [feed];
  #checklist = checklist;
  #note = note;

  async listCalendarFeeds(): Promise<CalendarFeed[]> {
    await pause();
    return this.#feeds;
  }

  async createCalendarFeed(
    wanted: NewCalendarFeed,
  ): Promise<CreatedCalendarFeed> {
    await pause();
    const created = {
      label: '',
      ...wanted,
      id: `feed-${this.#feeds.length + 1}`,
      owner: READER,
      createdAt: new Date().toISOString(),
    };
    this.#feeds = [created, ...this.#feeds];
    return {
      ...created,
      url: 'https://portal.example/api/observability/v1/on-call/calendar/bm90LWEtc2VjcmV0.ics',
    };
  }

  async revokeCalendarFeed(id: string): Promise<void> {
    await pause();
    this.#feeds = this.#feeds.filter(known => known.id !== id);
  }

  async getShiftChecklist(): Promise<ShiftChecklist> {
    await pause();
    return this.#checklist;
  }

  async editShiftChecklist(
    _key: string,
    { items }: ShiftChecklistEdit,
  ): Promise<ShiftChecklist> {
    await pause();
    this.#checklist = {
      ...this.#checklist,
      items: this.#checklist.items.map(item => {
        const edited = items.find(({ id }) => id === item.id);
        return edited
          ? {
              ...item,
              done: edited.done,
              changedBy: READER,
              changedAt: new Date().toISOString(),
            }
          : item;
      }),
    };
    return this.#checklist;
  }

  async getHandoffNote(): Promise<HandoffNote> {
    await pause();
    return this.#note;
  }

  async editHandoffNote(
    _key: string,
    { text }: HandoffNoteEdit,
  ): Promise<HandoffNote> {
    await pause();
    this.#note = {
      ...this.#note,
      text,
      version: this.#note.version + 1,
      editedBy: READER,
      editedAt: new Date().toISOString(),
    };
    return this.#note;
  }

  async signHandoffNote(
    _key: string,
    { role = 'leaving' }: HandoffSigning,
  ): Promise<HandoffNote> {
    await pause();
    this.#note = {
      ...this.#note,
      signatures: [
        ...this.#note.signatures,
        { role, by: READER, at: new Date().toISOString() },
      ],
      maySign: this.#note.maySign.filter(other => other !== role),
    };
    return this.#note;
  }
}
