import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  runbookListSchema,
  runbookSchema,
  runbookSummarySchema,
  scheduleDetailsSchema,
  scheduleSummarySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';

const PLUGIN_ID = 'observability';
const PAGE_SIZE = 200;
const TIMEOUT_MS = 30_000;
/** A list that never ends would be read for ever. */
const MAX_PAGES = 1_000;

// Only what the search needs, so that it goes on when other parts change.
const runbookPageSchema = runbookListSchema
  .pick({ nextCursor: true })
  .extend({ items: z.array(runbookSummarySchema.pick({ id: true })) });
const runbookTextSchema = runbookSchema.pick({
  id: true,
  title: true,
  alerts: true,
  symptoms: true,
  tags: true,
  severity: true,
  owner: true,
  entityRefs: true,
  markdown: true,
});
const schedulesSchema = z.object({
  items: z.array(scheduleSummarySchema.pick({ name: true })),
});
const scheduleTextSchema = scheduleDetailsSchema.pick({ people: true }).extend({
  schedule: scheduleSummarySchema
    .pick({ name: true, owner: true, timeZone: true })
    .extend({
      title: z.string().optional(),
      levels: z.array(z.object({ name: z.string() })),
    }),
});

/** A runbook with its text. */
export type RunbookText = z.infer<typeof runbookTextSchema>;
/** A schedule with its people. */
export type ScheduleText = z.infer<typeof scheduleTextSchema>;

/** Reads what the observability plugin has, as the search plugin itself. */
export class ObservabilityReader {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** The ids of all runbooks, a page at a time. */
  async *runbookPages(): AsyncGenerator<string[]> {
    let cursor: string | undefined;
    for (let count = 0; count < MAX_PAGES; count++) {
      const query = new URLSearchParams({
        limit: String(PAGE_SIZE),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const page = await this.#get(`/v1/runbooks?${query}`, runbookPageSchema);
      yield page.items.map(({ id }) => id);
      cursor = page.nextCursor;
      if (cursor === undefined) {
        return;
      }
    }
    throw new Error(`There are more than ${MAX_PAGES} pages of runbooks`);
  }

  /** A runbook with its text; `undefined` when it has gone meanwhile. */
  async runbook(id: string): Promise<RunbookText | undefined> {
    return this.#find(
      `/v1/runbooks/${encodeURIComponent(id)}`,
      runbookTextSchema,
    );
  }

  async scheduleNames(): Promise<string[]> {
    const list = await this.#get('/v1/on-call/schedules', schedulesSchema);
    return list.items.map(({ name }) => name);
  }

  /** A schedule with its people; `undefined` when it has gone meanwhile. */
  async schedule(name: string): Promise<ScheduleText | undefined> {
    return this.#find(
      `/v1/on-call/schedules/${encodeURIComponent(name)}`,
      scheduleTextSchema,
    );
  }

  async #find<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
    try {
      return await this.#get(path, schema);
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl(PLUGIN_ID),
      this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: PLUGIN_ID,
      }),
    ]);
    const response = await fetch(`${baseUrl}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }
}
