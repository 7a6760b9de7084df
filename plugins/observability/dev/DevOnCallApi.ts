import type {
  OnCallNow,
  ScheduleDetails,
  ScheduleList,
  ScheduleTimeline,
  UserShift,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  production,
  productionDetails,
  productionNow,
  productionTimeline,
  READER,
} from '../src/oncall/__fixtures__/production';
import type { OnCallApi } from '../src/oncall/api/OnCallApi';
import { pause } from './pause';

const DAY_MS = 86_400_000;
const TITLE = 'VisionCRM production';

/** Answers with made-up schedules. What is written changes nothing. */
export class DevOnCallApi implements OnCallApi {
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
          origin: { type: 'file', location: 'on-call/crm.yaml' },
          readOnly: true,
        },
      ],
      problems: [],
    };
  }

  async getSchedule(): Promise<ScheduleDetails> {
    await pause();
    return productionDetails(Date.now());
  }

  async getScheduleTimeline(
    _name: string,
    stretch: { from: Date; to: Date },
  ): Promise<ScheduleTimeline> {
    await pause();
    return productionTimeline(stretch.from, stretch.to);
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
