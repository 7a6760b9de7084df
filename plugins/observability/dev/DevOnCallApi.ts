import type {
  OnCallNow,
  ScheduleDetails,
  ScheduleList,
  SchedulePreview,
  SchedulePreviewRequest,
  ScheduleTimeline,
  UserShift,
} from '@watchkeeper/backstage-plugin-observability-common';
import { expandSchedule } from '@watchkeeper/backstage-plugin-observability-common';
import {
  examDay,
  production,
  productionDetails,
  productionNow,
  productionTimeline,
  READER,
} from '../src/oncall/__fixtures__/production';
import type { OnCallApi } from '../src/oncall/api/OnCallApi';
import { DevShiftPapersApi } from './DevShiftPapersApi';
import { pause } from './pause';

const DAY_MS = 86_400_000;
const TITLE = 'VisionCRM production';

/** Answers with made-up schedules. What is written changes nothing. */
export class DevOnCallApi extends DevShiftPapersApi implements OnCallApi {
  async listOnCall(): Promise<OnCallNow[]> {
    await pause();
    return productionNow(Date.now());
  }

  async listMyShifts(): Promise<UserShift[]> {
    await pause();
    const now = Date.now();
    return productionTimeline(new Date(now), new Date(now + 60 * DAY_MS))
      .shifts.filter(({ people }) => people.includes(READER))
      .slice(0, 5)
      .map(shift => ({ ...shift, schedule: production.name, title: TITLE }));
  }

  async listSchedules(): Promise<ScheduleList> {
    await pause();
    return {
      items: [
        {
          name: production.name,
          title: TITLE,
          owner: production.owner,
          timeZone: production.timeZone,
          levels: production.levels.map(({ name }) => name),
          origin: { type: 'api' },
          readOnly: false,
        },
      ],
      problems: [],
    };
  }

  async getSchedule(): Promise<ScheduleDetails> {
    await pause();
    // The one of the fixtures is kept in a file; this one can be edited.
    return {
      ...productionDetails(Date.now()),
      origin: { type: 'api' },
      readOnly: false,
    };
  }

  async getScheduleTimeline(
    _name: string,
    stretch: { from: Date; to: Date },
  ): Promise<ScheduleTimeline> {
    await pause();
    return productionTimeline(stretch.from, stretch.to);
  }

  async previewSchedule(
    request: SchedulePreviewRequest,
  ): Promise<SchedulePreview> {
    await pause();
    return {
      ...expandSchedule({ overrides: [examDay], ...request }),
      people: [],
    };
  }

  async createSchedule(): Promise<ScheduleDetails> {
    return this.getSchedule();
  }

  async editSchedule(): Promise<ScheduleDetails> {
    return this.getSchedule();
  }

  async deleteSchedule(): Promise<void> {
    await pause();
  }

  async createOverride(): Promise<void> {
    await pause();
  }

  async deleteOverride(): Promise<void> {
    await pause();
  }

  async createSwap(): Promise<void> {
    await pause();
  }

  async takeSwap(): Promise<void> {
    await pause();
  }

  async cancelSwap(): Promise<void> {
    await pause();
  }
}
