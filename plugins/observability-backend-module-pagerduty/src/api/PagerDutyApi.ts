import {
  isProviderError,
  ProviderError,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod/v4';
import {
  OnCallEntry,
  onCallsPage,
  overrideResults,
  PagerDutyService,
  PagerDutyUser,
  serviceAnswer,
  servicesPage,
  usersPage,
} from './schemas';

const PAGE = 100;
/** PagerDuty gives no rows beyond. */
const LAST_ROW = 10_000;
const INCLUDE_POLICIES = ['escalation_policies'];

/** The calls, with the vendor's own names. */
export class PagerDutyApi {
  readonly #client: VendorClient;
  readonly #signal?: AbortSignal;

  constructor(client: VendorClient, signal?: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** All services, as far as PagerDuty lists them. */
  async listServices(): Promise<PagerDutyService[]> {
    const services: PagerDutyService[] = [];
    for (let offset = 0; offset + PAGE <= LAST_ROW; offset += PAGE) {
      const { body } = await this.#get('list services', '/services', {
        schema: servicesPage,
        query: {
          limit: PAGE,
          offset,
          sort_by: 'name',
          'include[]': INCLUDE_POLICIES,
        },
      });
      services.push(...body.services);
      if (!body.more) break;
    }
    return services;
  }

  /** One service, or nothing where there is none of that id. */
  async service(id: string): Promise<PagerDutyService | undefined> {
    try {
      const { body } = await this.#get('read service', `/services/${id}`, {
        schema: serviceAnswer,
        query: { 'include[]': INCLUDE_POLICIES },
      });
      return body.service;
    } catch (error) {
      if (isProviderError(error) && error.code === 'not-found') {
        return undefined;
      }
      throw error;
    }
  }

  /** The service that has an integration key. */
  async serviceOfKey(key: string): Promise<PagerDutyService | undefined> {
    const { body } = await this.#get('find service', '/services', {
      schema: servicesPage,
      query: {
        query: key,
        limit: PAGE,
        'include[]': [...INCLUDE_POLICIES, 'integrations'],
      },
    });
    return body.services.find(({ integrations }) =>
      integrations.some(({ integration_key: known }) => isSame(known, key)),
    );
  }

  /**
   * Everybody on call for some policies in a stretch of time. Where that is more
   * than PagerDuty gives, it is asked for in two halves.
   */
  async onCalls(
    policyIds: readonly string[],
    since: Date,
    until: Date,
  ): Promise<OnCallEntry[]> {
    const entries: OnCallEntry[] = [];
    for (let offset = 0; ; offset += PAGE) {
      if (offset + PAGE > LAST_ROW) {
        return this.#onCallsInHalves(policyIds, since, until);
      }
      const { body } = await this.#get('list on-calls', '/oncalls', {
        schema: onCallsPage,
        query: {
          since: since.toISOString(),
          until: until.toISOString(),
          time_zone: 'UTC',
          'escalation_policy_ids[]': [...policyIds],
          'include[]': ['users', 'schedules'],
          limit: PAGE,
          offset,
        },
      });
      entries.push(...body.oncalls);
      if (!body.more) return entries;
    }
  }

  async #onCallsInHalves(
    policyIds: readonly string[],
    since: Date,
    until: Date,
  ): Promise<OnCallEntry[]> {
    if (policyIds.length < 2) {
      throw new ProviderError({
        code: 'malformed',
        message: `PagerDuty has more than ${LAST_ROW} on-calls of one escalation policy in a month`,
      });
    }
    const half = Math.ceil(policyIds.length / 2);
    return [
      ...(await this.onCalls(policyIds.slice(0, half), since, until)),
      ...(await this.onCalls(policyIds.slice(half), since, until)),
    ];
  }

  /** The user who has an e-mail address. */
  async userOfEmail(email: string): Promise<PagerDutyUser | undefined> {
    const { body } = await this.#get('find user', '/users', {
      schema: usersPage,
      query: { query: email, limit: PAGE },
    });
    return body.users.find(user => isSameEmail(user.email, email));
  }

  /** Says of each override what came of it. */
  async addOverrides(
    scheduleId: string,
    overrides: { start: Date; end: Date; userId: string }[],
  ): Promise<z.infer<typeof overrideResults>> {
    const { body } = await this.#client.request({
      operation: 'make override',
      method: 'POST',
      path: `/schedules/${encodeURIComponent(scheduleId)}/overrides`,
      body: {
        overrides: overrides.map(({ start, end, userId }) => ({
          start: start.toISOString(),
          end: end.toISOString(),
          user: { id: userId, type: 'user_reference' },
        })),
      },
      schema: overrideResults,
      signal: this.#signal,
    });
    return body;
  }

  async deleteOverride(scheduleId: string, id: string): Promise<void> {
    await this.#client.request({
      operation: 'take back override',
      method: 'DELETE',
      path: `/schedules/${encodeURIComponent(
        scheduleId,
      )}/overrides/${encodeURIComponent(id)}`,
      responseType: 'text',
      schema: z.string(),
      signal: this.#signal,
    });
  }

  #get<T>(
    operation: string,
    path: string,
    options: {
      schema: z.ZodType<T>;
      query: Parameters<VendorClient['request']>[0]['query'];
    },
  ) {
    return this.#client.request({
      operation,
      path,
      ...options,
      signal: this.#signal,
    });
  }
}

export function isSameEmail(
  one: string | undefined,
  other: string | undefined,
): boolean {
  return (
    one !== undefined &&
    one.toLocaleLowerCase('en-US') === other?.toLocaleLowerCase('en-US')
  );
}

/** In constant time, as it is a secret. */
function isSame(known: string | undefined, key: string): boolean {
  const one = Buffer.from(known ?? '');
  const other = Buffer.from(key);
  return one.length === other.length && timingSafeEqual(one, other);
}
