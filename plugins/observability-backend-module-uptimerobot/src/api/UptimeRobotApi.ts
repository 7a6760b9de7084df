import {
  isProviderError,
  ProviderError,
  VendorClient,
  VendorRequest,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { RequestBudget } from './RequestBudget';
import {
  incidentsV3Schema,
  MonitorsV2,
  monitorsV2Schema,
  monitorsV3Schema,
  responseTimesV3Schema,
  windowsV3Schema,
} from './schemas';

/** What a page of the newer generation has at most. */
const PAGE_V3 = 200;
/** What a page of the older generation has at most. */
export const PAGE_V2 = 50;

/** Asks one account, by the names that UptimeRobot gives its calls. */
export class UptimeRobotApi {
  readonly #client: VendorClient;
  readonly #apiKey: string;
  readonly #apiKeySetting: string;
  readonly #signal: AbortSignal;
  readonly #budget: RequestBudget;

  constructor(options: {
    client: VendorClient;
    apiKey: string;
    /** What to change when it is refused, for messages. */
    apiKeySetting: string;
    signal: AbortSignal;
    budget: RequestBudget;
  }) {
    this.#client = options.client;
    this.#apiKey = options.apiKey;
    this.#apiKeySetting = options.apiKeySetting;
    this.#signal = options.signal;
    this.#budget = options.budget;
  }

  /** A page of monitors; `next` is the link that the page before gave. */
  monitors(next?: string) {
    return this.#get(
      'list monitors',
      next ?? '/v3/monitors',
      next ? {} : { limit: PAGE_V3 },
      monitorsV3Schema,
    );
  }

  /** A page of the incidents that began after an instant. */
  incidents(options: { startedAfter: Date; next?: string }) {
    const { startedAfter, next } = options;
    return this.#get(
      'list incidents',
      next ?? '/v3/incidents',
      next ? {} : { started_after: startedAfter.toISOString() },
      incidentsV3Schema,
    );
  }

  maintenanceWindows(next?: string) {
    return this.#get(
      'list maintenance windows',
      next ?? '/v3/maintenance-windows',
      {},
      windowsV3Schema,
    );
  }

  /** Response times of one monitor, in any order. */
  async responseTimes(monitorId: string, from: Date, to: Date) {
    const { time_series: points = [] } = await this.#get(
      'read response times',
      `/v3/monitors/${encodeURIComponent(monitorId)}/stats/response-time`,
      {
        from: from.toISOString(),
        to: to.toISOString(),
        includeTimeSeries: true,
      },
      responseTimesV3Schema,
    );
    return points;
  }

  /** A page of the older generation, with all that it can tell of a monitor. */
  async getMonitors(options: {
    offset: number;
    responseTimes: number;
    logs: number;
  }): Promise<MonitorsV2> {
    const { offset, responseTimes, logs } = options;
    const body = await this.#request({
      operation: 'get monitors',
      path: '/v2/getMonitors',
      method: 'POST',
      // It reads only, though it is a POST.
      idempotent: true,
      body: {
        api_key: this.#apiKey,
        format: 'json',
        offset,
        limit: PAGE_V2,
        response_times: 1,
        response_times_limit: responseTimes,
        ...(logs > 0
          ? {
              logs: 1,
              logs_limit: logs,
              ssl: 1,
              mwindows: 1,
              alert_contacts: 1,
            }
          : {}),
      },
      schema: monitorsV2Schema,
    });
    if ('monitors' in body) return body;
    throw this.#failureV2(body.error);
  }

  #get<T>(
    operation: string,
    path: string,
    query: VendorRequest<T>['query'],
    schema: z.ZodType<T>,
  ): Promise<T> {
    return this.#request({
      operation,
      path,
      query,
      headers: { Authorization: `Bearer ${this.#apiKey}` },
      schema,
    });
  }

  async #request<T>(request: VendorRequest<T>): Promise<T> {
    this.#budget.spend();
    try {
      const { body, headers } = await this.#client.request({
        ...request,
        signal: this.#signal,
      });
      this.#budget.learn(Number(headers.get('x-ratelimit-limit') ?? NaN));
      return body;
    } catch (error) {
      throw isProviderError(error) ? this.#explain(error) : error;
    }
  }

  #explain(error: ProviderError): ProviderError {
    const { statusCode, code, retryAt } = error;
    if (statusCode !== 401 && statusCode !== 403) return error;
    const verb = statusCode === 401 ? 'refused' : 'forbids';
    // Without the cause: its message would be added to what people read.
    return new ProviderError({
      code,
      message: `UptimeRobot ${verb} the API key (${statusCode}): make a read-only key under Integrations & API and set it as ${
        this.#apiKeySetting
      }`,
      retryAt,
      statusCode,
    });
  }

  /** A failure that came with the status 200. */
  #failureV2(
    error: { type?: string; parameter_name?: string } | undefined,
  ): ProviderError {
    if (error?.parameter_name === 'api_key') {
      return new ProviderError({
        code: 'unauthorized',
        message: `UptimeRobot does not know the API key: make a read-only key under Integrations & API and set it as ${
          this.#apiKeySetting
        }`,
        statusCode: 401,
      });
    }
    if (error?.type === 'not_authorized') {
      return new ProviderError({
        code: 'forbidden',
        message: `UptimeRobot does not let the API key read monitors: set a main or a read-only key as ${
          this.#apiKeySetting
        }`,
        statusCode: 403,
      });
    }
    return new ProviderError({
      code: 'unavailable',
      message: `UptimeRobot failed to answer "get monitors" (${
        error?.type?.replace(/[^\w-]/g, '').slice(0, 40) ||
        'it does not say why'
      }); it is asked again`,
    });
  }
}
