import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  NewOverride,
  NewSwap,
  OnCallNow,
  ScheduleDetails,
  ScheduleList,
  ScheduleTimeline,
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
