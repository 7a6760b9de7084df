import { createApiRef } from '@backstage/frontend-plugin-api';
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

/**
 * What the pages about the watch ask of the back end.
 *
 * @public
 */
export interface OnCallApi {
  /** Who has the watch now, a row for each level of each schedule. */
  listOnCall(options?: ObservabilityRequestOptions): Promise<OnCallNow[]>;

  /** The coming shifts of the reader, the next one first. */
  listMyShifts(options?: ObservabilityRequestOptions): Promise<UserShift[]>;

  /** All on-call schedules, and those that cannot be used as they are written. */
  listSchedules(options?: ObservabilityRequestOptions): Promise<ScheduleList>;

  /** A schedule as it is in force, with all that is coming. */
  getSchedule(
    name: string,
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleDetails>;

  /** The shifts of a schedule between two instants, with its gaps. */
  getScheduleTimeline(
    name: string,
    stretch: { from: Date; to: Date },
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleTimeline>;

  /** What a definition that is not saved would mean. */
  previewSchedule(
    request: SchedulePreviewRequest,
    options?: ObservabilityRequestOptions,
  ): Promise<SchedulePreview>;

  /**
   * Creates a schedule that is in force at once. Sent again with the same key,
   * it is created once.
   */
  createSchedule(
    schedule: Schedule,
    options?: { idempotencyKey?: string },
  ): Promise<ScheduleDetails>;

  /**
   * Gives a schedule a new definition; what is over stays as it was. Rejects
   * with a 409 where somebody else has edited it meanwhile.
   */
  editSchedule(
    name: string,
    edit: ScheduleEdit,
    options?: { idempotencyKey?: string },
  ): Promise<ScheduleDetails>;

  /** Ends a schedule now. Its past stays, and its name is never free again. */
  deleteSchedule(name: string): Promise<void>;

  /** Says who has the watch instead, for a time that is to come. */
  createOverride(schedule: string, override: NewOverride): Promise<void>;

  /** Takes an override back; one that is running ends now. */
  deleteOverride(schedule: string, id: string): Promise<void>;

  /** Asks for cover of a shift; nothing changes until somebody takes it. */
  createSwap(schedule: string, swap: NewSwap): Promise<void>;

  /** Takes a shift for which somebody asks for cover. */
  takeSwap(id: string): Promise<void>;

  /** Asks for cover no longer. */
  cancelSwap(id: string): Promise<void>;

  /** The reader's links for calendars, never with their secrets. */
  listCalendarFeeds(
    options?: ObservabilityRequestOptions,
  ): Promise<CalendarFeed[]>;

  /** Makes a link for a calendar. The answer alone holds it: it is not kept. */
  createCalendarFeed(feed: NewCalendarFeed): Promise<CreatedCalendarFeed>;

  /** Takes a link for a calendar back. */
  revokeCalendarFeed(id: string): Promise<void>;

  /** What is to be done before, during and after a shift, with who ticked what. */
  getShiftChecklist(
    shiftKey: string,
    options?: ObservabilityRequestOptions,
  ): Promise<ShiftChecklist>;

  /** Ticks items of a checklist, or takes ticks away; all others stay as they are. */
  editShiftChecklist(
    shiftKey: string,
    edit: ShiftChecklistEdit,
  ): Promise<ShiftChecklist>;

  /** What whoever has a shift tells whoever comes; a draft until somebody saves it. */
  getHandoffNote(
    shiftKey: string,
    options?: ObservabilityRequestOptions,
  ): Promise<HandoffNote>;

  /** Saves a handoff note. Rejects with a 409 where somebody else has saved it meanwhile. */
  editHandoffNote(
    shiftKey: string,
    edit: HandoffNoteEdit,
  ): Promise<HandoffNote>;

  /** Signs a handoff note, for the side on which the reader is unless another is named. */
  signHandoffNote(
    shiftKey: string,
    signing: HandoffSigning,
  ): Promise<HandoffNote>;
}

/**
 * {@link OnCallApi} of the app; replace it to read from elsewhere.
 *
 * @public
 */
export const onCallApiRef = createApiRef<OnCallApi>().with({
  id: 'plugin.observability.on-call',
  pluginId: 'observability',
});
