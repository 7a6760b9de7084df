import type { FetchApi } from '@backstage/frontend-plugin-api';
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
import { ObservabilityHttp, queryOf } from '../../api/ObservabilityHttp';
import type { OnCallApi } from './OnCallApi';

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
      body => typeof body.schedule === 'object',
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
}

function schedulePath(name: string): string {
  return `on-call/schedules/${encodeURIComponent(name)}`;
}
