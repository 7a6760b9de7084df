import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  EntityHealthList,
  EntityReport,
  NewOverride,
  NewRestoreTest,
  NewSwap,
  OnCallNow,
  RestoreTest,
  ScheduleDetails,
  ScheduleList,
  ScheduleTimeline,
  Series,
  UptimeReport,
  UserShift,
} from '@watchkeeper/backstage-plugin-observability-common';
import type {
  EntityHealthListRequest,
  ObservabilityApi,
  ObservabilityRequestOptions,
  SeriesRequest,
} from './ObservabilityApi';

/** How many answers are kept to be confirmed instead of sent again. */
const REMEMBERED_ANSWERS = 30;

interface Answer {
  etag: string;
  body: unknown;
}

/**
 * {@link ObservabilityApi} over HTTP.
 *
 * The schemas of the model are not run over the answers: they would cost every
 * visitor more to download than all else of this plugin, and both ends come
 * from the same model. An answer that is plainly not ours, such as the sign-in
 * page of a proxy, is an error.
 */
export class ObservabilityClient implements ObservabilityApi {
  readonly #fetchApi: FetchApi;
  readonly #answers = new Map<string, Answer>();

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  async getEntityReport(
    entityRef: string,
    options?: ObservabilityRequestOptions,
  ): Promise<EntityReport> {
    return this.#read<EntityReport>(
      `${entityPath(entityRef)}/report`,
      body => Array.isArray(body.signals),
      options,
    );
  }

  async listEntityHealth(
    request: EntityHealthListRequest,
    options?: ObservabilityRequestOptions,
  ): Promise<EntityHealthList> {
    const query = queryOf({
      status: request.status?.join(','),
      owner: request.owner,
      system: request.system,
      q: request.text,
      limit: request.limit?.toString(),
      cursor: request.cursor,
    });
    return this.#read<EntityHealthList>(
      `entities${query}`,
      body => Array.isArray(body.items),
      options,
    );
  }

  async getSeries(
    entityRef: string,
    request: SeriesRequest,
    options?: ObservabilityRequestOptions,
  ): Promise<Series[]> {
    const query = queryOf({
      metric: request.metric,
      signal: request.signal,
      subject: request.subject,
      from: request.from?.toISOString(),
      to: request.to?.toISOString(),
      resolution: request.resolution,
    });
    return this.#read<Series[]>(
      `${entityPath(entityRef)}/series${query}`,
      Array.isArray,
      options,
    );
  }

  async getUptimeReport(
    entityRef: string,
    month: string,
    options?: ObservabilityRequestOptions,
  ): Promise<UptimeReport> {
    return this.#read<UptimeReport>(
      `${entityPath(entityRef)}/uptime-report${queryOf({ month })}`,
      body => Array.isArray(body.monitors),
      options,
    );
  }

  async getUptimeReportFile(entityRef: string, month: string): Promise<Blob> {
    const query = queryOf({ month, format: 'csv' });
    const response = await this.#send(
      `${entityPath(entityRef)}/uptime-report${query}`,
      { headers: { accept: 'text/csv' } },
    );
    if (!response.headers.get('content-type')?.startsWith('text/csv')) {
      throw notOurs();
    }
    return response.blob();
  }

  async listRestoreTests(
    entityRef: string,
    options?: ObservabilityRequestOptions,
  ): Promise<RestoreTest[]> {
    return this.#readItems<RestoreTest>(
      `${entityPath(entityRef)}/restore-tests`,
      options,
    );
  }

  async recordRestoreTest(
    entityRef: string,
    restoreTest: NewRestoreTest,
  ): Promise<RestoreTest> {
    const response = await this.#post(
      `${entityPath(entityRef)}/restore-tests`,
      restoreTest,
    );
    return response.json();
  }

  async listOnCall(
    options?: ObservabilityRequestOptions,
  ): Promise<OnCallNow[]> {
    return this.#readItems<OnCallNow>('on-call', options);
  }

  async listMyShifts(
    options?: ObservabilityRequestOptions,
  ): Promise<UserShift[]> {
    return this.#readItems<UserShift>('on-call/shifts', options);
  }

  async listSchedules(
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleList> {
    return this.#read<ScheduleList>(
      'on-call/schedules',
      body => Array.isArray(body.items),
      options,
    );
  }

  async getSchedule(
    name: string,
    options?: ObservabilityRequestOptions,
  ): Promise<ScheduleDetails> {
    return this.#read<ScheduleDetails>(
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
    return this.#read<ScheduleTimeline>(
      `${schedulePath(name)}/shifts${query}`,
      body => Array.isArray(body.shifts),
      options,
    );
  }

  async createOverride(schedule: string, override: NewOverride) {
    await this.#post(`${schedulePath(schedule)}/overrides`, override);
  }

  async deleteOverride(schedule: string, id: string) {
    await this.#send(
      `${schedulePath(schedule)}/overrides/${encodeURIComponent(id)}`,
      { method: 'DELETE' },
    );
  }

  async createSwap(schedule: string, swap: NewSwap) {
    await this.#post(`${schedulePath(schedule)}/swaps`, swap);
  }

  async takeSwap(id: string) {
    await this.#post(`on-call/swaps/${encodeURIComponent(id)}/take`, {});
  }

  async cancelSwap(id: string) {
    await this.#post(`on-call/swaps/${encodeURIComponent(id)}/cancel`, {});
  }

  async refreshEntity(
    entityRef: string,
  ): Promise<{ alreadyRequested: boolean }> {
    const response = await this.#send(`${entityPath(entityRef)}/refresh`, {
      method: 'POST',
    });
    const text = await response.text();
    const body = text ? JSON.parse(text) : undefined;
    return { alreadyRequested: body?.alreadyRequested === true };
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetchApi.fetch(urlOf(path), init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }

  async #post(path: string, body: object): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #readItems<T>(
    path: string,
    options: ObservabilityRequestOptions | undefined,
  ): Promise<T[]> {
    const { items } = await this.#read<{ items: T[] }>(
      path,
      body => Array.isArray(body.items),
      options,
    );
    return items;
  }

  async #read<T>(
    path: string,
    isOurs: (body: Record<string, unknown>) => boolean,
    options: ObservabilityRequestOptions | undefined,
  ): Promise<T> {
    const known = this.#answers.get(path);
    const response = await this.#fetchApi.fetch(urlOf(path), {
      headers: {
        accept: 'application/json',
        ...(known && { 'if-none-match': known.etag }),
      },
      signal: options?.signal,
    });
    if (response.status === 304 && known) {
      return known.body as T;
    }
    if (!response.ok) {
      this.#answers.delete(path);
      throw await ResponseError.fromResponse(response);
    }
    const body = await response.json();
    if (typeof body !== 'object' || body === null || !isOurs(body)) {
      throw notOurs();
    }
    this.#remember(path, response.headers.get('etag'), body);
    return body;
  }

  #remember(path: string, etag: string | null, body: unknown) {
    this.#answers.delete(path);
    if (!etag) {
      return;
    }
    this.#answers.set(path, { etag, body });
    if (this.#answers.size > REMEMBERED_ANSWERS) {
      const [oldest] = this.#answers.keys();
      this.#answers.delete(oldest);
    }
  }
}

function notOurs(): Error {
  return new Error('The answer is not one of the observability back end');
}

function urlOf(path: string): string {
  return `plugin://observability/v1/${path}`;
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return ['entities', kind, namespace, name].map(encodeURIComponent).join('/');
}

function schedulePath(name: string): string {
  return `on-call/schedules/${encodeURIComponent(name)}`;
}

function queryOf(parameters: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}
