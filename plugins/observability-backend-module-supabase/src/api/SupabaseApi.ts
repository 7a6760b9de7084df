import {
  isProviderError,
  ProviderError,
  VendorClient,
  VendorRequest,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { SupabaseSettings } from '../config';
import {
  advisorSchema,
  backupsSchema,
  diskUsageSchema,
  projectsSchema,
  readOnlySchema,
  servicesSchema,
  settingsSchema,
  statementsSchema,
} from './schemas';
import { STATEMENTS_SQL } from './sql';

/** Asked for one by one: the vendor has no word for all of them. */
const SERVICES = ['db', 'pooler', 'auth', 'rest', 'realtime', 'storage'];
/** How long the vendor may wait for a service. */
const SERVICE_TIMEOUT_MS = 5000;

/** The endpoint of a project, how it is called in messages, and what it takes to read it. */
interface Question<T> {
  operation: string;
  path: string;
  permission: string;
  schema: z.ZodType<T>;
  query?: VendorRequest<T>['query'];
  body?: unknown;
}

/** Asks the Management API, and says in each refusal what to do about it. */
export class SupabaseApi {
  readonly #client: VendorClient;
  readonly #settings: SupabaseSettings;
  readonly #signal: AbortSignal;

  constructor(options: {
    client: VendorClient;
    settings: SupabaseSettings;
    signal: AbortSignal;
  }) {
    this.#client = options.client;
    this.#settings = options.settings;
    this.#signal = options.signal;
  }

  projects() {
    return this.#ask({
      operation: 'list projects',
      path: '/v1/projects',
      permission: 'projects_read',
      schema: projectsSchema,
    });
  }

  services(ref: string) {
    return this.#ask({
      operation: 'read the health of services',
      path: pathOf(ref, '/health'),
      permission: 'project_admin_read',
      query: { services: SERVICES, timeout_ms: SERVICE_TIMEOUT_MS },
      schema: servicesSchema,
    });
  }

  backups(ref: string) {
    return this.#ask({
      operation: 'list backups',
      path: pathOf(ref, '/database/backups'),
      permission: 'backups_read',
      schema: backupsSchema,
    });
  }

  advisor(ref: string, kind: 'performance' | 'security') {
    return this.#ask({
      operation: `ask the advisor on ${kind}`,
      path: pathOf(ref, `/advisors/${kind}`),
      permission: 'advisors_read',
      schema: advisorSchema,
    });
  }

  diskUsage(ref: string) {
    return this.#ask({
      operation: 'read disk usage',
      path: pathOf(ref, '/config/disk/util'),
      permission: 'project_admin_read',
      schema: diskUsageSchema,
    });
  }

  readOnly(ref: string) {
    return this.#ask({
      operation: 'read whether it takes writes',
      path: pathOf(ref, '/readonly'),
      permission: 'database_read',
      schema: readOnlySchema,
    });
  }

  settings(ref: string) {
    return this.#ask({
      operation: 'read database settings',
      path: pathOf(ref, '/config/database/postgres'),
      permission: 'database_config_read',
      schema: settingsSchema,
    });
  }

  statements(ref: string) {
    return this.#ask({
      operation: 'read slow statements',
      path: pathOf(ref, '/database/query/read-only'),
      permission: 'database_read',
      body: { query: STATEMENTS_SQL },
      schema: statementsSchema,
    });
  }

  async #ask<T>(question: Question<T>): Promise<T> {
    const { operation, path, query, body, schema } = question;
    try {
      const answer = await this.#client.request({
        operation,
        path,
        query,
        schema,
        signal: this.#signal,
        // A query of the read-only role changes nothing.
        ...(body === undefined
          ? {}
          : { method: 'POST' as const, body, idempotent: true }),
      });
      return answer.body;
    } catch (error) {
      throw isProviderError(error) ? this.#explain(error, question) : error;
    }
  }

  #explain(error: ProviderError, question: Question<unknown>) {
    const { statusCode, retryAt, code } = error;
    const { accessToken } = this.#settings;
    const { operation, permission } = question;
    let message: string | undefined;
    if (statusCode === 401) {
      message = `Supabase refused the access token (401) to ${operation}: make a new one and set it as ${accessToken}`;
    } else if (statusCode === 402) {
      message = `The organisation's plan does not let Supabase ${operation} (402)`;
    } else if (statusCode === 403) {
      message = `Supabase forbids the access token (403) to ${operation}: give ${accessToken} the permission ${permission}`;
    }
    // Without the cause: its message would be added to what people read.
    return message
      ? new ProviderError({ code, message, retryAt, statusCode })
      : error;
  }
}

function pathOf(ref: string, path: string): string {
  return `/v1/projects/${encodeURIComponent(ref)}${path}`;
}
