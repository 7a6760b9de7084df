import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  CalendarFeed,
  CreatedCalendarFeed,
  HandoffNote,
  HandoffNoteEdit,
  HandoffSigning,
  NewCalendarFeed,
  NewOverride,
  NewSwap,
  OnCallNow,
  Schedule,
  ScheduleDetails,
  ScheduleEdit,
  ScheduleList,
  SchedulePreview,
  SchedulePreviewRequest,
  ScheduleTimeline,
  ShiftChecklist,
  ShiftChecklistEdit,
  UserShift,
} from '@watchkeeper/backstage-plugin-observability-common';
import type { ObservabilityRequestOptions } from '../../api';
import { ObservabilityHttp, queryOf } from '../../api/ObservabilityHttp';
import type { OnCallApi } from './OnCallApi';

const FEEDS = 'on-call/calendar-feeds';

/** {@link OnCallApi} over HTTP. */
export class OnCallClient implements OnCallApi {
  readonly #http: ObservabilityHttp;

  constructor(options: { fetchApi: FetchApi }) {
    this.#http = new ObservabilityHttp(options);
  }

  async listOnCall(
    options?: ObservabilityRequestOptions,
  ): Promise<OnCallNow[]> {
    return this.#http.readItems<OnCallNow>('on-call', options);
  }

  async listMyShifts(
    options?: ObservabilityRequestOptions,
  ): Promise<UserShift[]> {
    return this.#http.readItems<UserShift>('on-call/shifts', options);
  }

  async listSchedules(
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleList> {
    return this.#http.read<ScheduleList>(
      'on-call/schedules',
      body => Array.isArray(body.items),
      options,
    );
  }

  async getSchedule(
    name: string,
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleDetails> {
    return this.#http.read<ScheduleDetails>(
      schedulePath(name),
      isDetails,
      options,
    );
  }

  async getScheduleTimeline(
    name: string,
    stretch: { from: Date; to: Date },
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleTimeline> {
    const query = queryOf({
      from: stretch.from.toISOString(),
      to: stretch.to.toISOString(),
    });
    return this.#http.read<ScheduleTimeline>(
      `${schedulePath(name)}/shifts${query}`,
      body => Array.isArray(body.shifts),
      options,
    );
  }

  async previewSchedule(
    request: SchedulePreviewRequest,
    options?: ObservabilityRequestOptions,
  ): Promise<SchedulePreview> {
    return this.#http.exchange<SchedulePreview>(
      'POST',
      'on-call/schedules/preview',
      body => Array.isArray(body.shifts),
      { body: request, ...options },
    );
  }

  async createSchedule(
    schedule: Schedule,
    options?: { idempotencyKey?: string },
  ): Promise<ScheduleDetails> {
    return this.#http.exchange<ScheduleDetails>(
      'POST',
      'on-call/schedules',
      isDetails,
      { body: schedule, ...options },
    );
  }

  async editSchedule(
    name: string,
    edit: ScheduleEdit,
    options?: { idempotencyKey?: string },
  ): Promise<ScheduleDetails> {
    return this.#http.exchange<ScheduleDetails>(
      'PUT',
      schedulePath(name),
      isDetails,
      { body: edit, ...options },
    );
  }

  async deleteSchedule(name: string) {
    await this.#http.send('DELETE', schedulePath(name));
  }

  async createOverride(schedule: string, override: NewOverride) {
    await this.#http.send('POST', `${schedulePath(schedule)}/overrides`, {
      body: override,
    });
  }

  async deleteOverride(schedule: string, id: string) {
    await this.#http.send(
      'DELETE',
      `${schedulePath(schedule)}/overrides/${encodeURIComponent(id)}`,
    );
  }

  async createSwap(schedule: string, swap: NewSwap) {
    await this.#http.send('POST', `${schedulePath(schedule)}/swaps`, {
      body: swap,
    });
  }

  async takeSwap(id: string) {
    await this.#http.send(
      'POST',
      `on-call/swaps/${encodeURIComponent(id)}/take`,
      { body: {} },
    );
  }

  async cancelSwap(id: string) {
    await this.#http.send(
      'POST',
      `on-call/swaps/${encodeURIComponent(id)}/cancel`,
      { body: {} },
    );
  }

  async listCalendarFeeds(
    options?: ObservabilityRequestOptions,
  ): Promise<CalendarFeed[]> {
    return this.#http.readItems<CalendarFeed>(FEEDS, options);
  }

  async createCalendarFeed(
    feed: NewCalendarFeed,
  ): Promise<CreatedCalendarFeed> {
    return this.#http.exchange<CreatedCalendarFeed>(
      'POST',
      FEEDS,
      body => typeof body.url === 'string',
      { body: feed },
    );
  }

  async revokeCalendarFeed(id: string) {
    await this.#http.send('DELETE', `${FEEDS}/${encodeURIComponent(id)}`);
  }

  async getShiftChecklist(
    shiftKey: string,
    options?: ObservabilityRequestOptions,
  ): Promise<ShiftChecklist> {
    return this.#http.read<ShiftChecklist>(
      `${shiftPath(shiftKey)}/checklist`,
      isOfShift,
      options,
    );
  }

  async editShiftChecklist(
    shiftKey: string,
    edit: ShiftChecklistEdit,
  ): Promise<ShiftChecklist> {
    return this.#http.exchange<ShiftChecklist>(
      'PUT',
      `${shiftPath(shiftKey)}/checklist`,
      isOfShift,
      { body: edit },
    );
  }

  async getHandoffNote(
    shiftKey: string,
    options?: ObservabilityRequestOptions,
  ): Promise<HandoffNote> {
    return this.#http.read<HandoffNote>(
      `${shiftPath(shiftKey)}/handoff`,
      isOfShift,
      options,
    );
  }

  async editHandoffNote(
    shiftKey: string,
    edit: HandoffNoteEdit,
  ): Promise<HandoffNote> {
    return this.#http.exchange<HandoffNote>(
      'PUT',
      `${shiftPath(shiftKey)}/handoff`,
      isOfShift,
      { body: edit },
    );
  }

  async signHandoffNote(
    shiftKey: string,
    signing: HandoffSigning,
  ): Promise<HandoffNote> {
    return this.#http.exchange<HandoffNote>(
      'POST',
      `${shiftPath(shiftKey)}/handoff/sign`,
      isOfShift,
      { body: signing },
    );
  }
}

function isOfShift(body: Record<string, unknown>): boolean {
  return typeof body.shift === 'object';
}

function shiftPath(key: string): string {
  return `on-call/shifts/${encodeURIComponent(key)}`;
}

function isDetails(body: Record<string, unknown>): boolean {
  return typeof body.schedule === 'object';
}

function schedulePath(name: string): string {
  return `on-call/schedules/${encodeURIComponent(name)}`;
}
