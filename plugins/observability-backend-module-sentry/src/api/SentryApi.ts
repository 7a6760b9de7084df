import { z } from 'zod/v4';
import {
  eventsStatsSchema,
  groupsSchema,
  issueSchema,
  projectSchema,
  releaseSchema,
  SentryGroup,
  SentryIssue,
  SentryProject,
  SentryRelease,
  SentryRow,
  tableSchema,
  timeSeriesSchema,
} from './schemas';
import {
  SentryScope,
  SentryWindow,
  scopeQuery,
  windowQuery,
} from './questions';
import { SentryConnection, SentryList } from './SentryConnection';

/** The most rows that Sentry gives on a page. */
export const PAGE_SIZE = 100;

/**
 * The calls to one organisation of one Sentry, in Sentry's own names. Made anew
 * for each cycle, of which it counts the requests.
 */
export class SentryApi {
  readonly #connection: SentryConnection;

  constructor(connection: SentryConnection) {
    this.#connection = connection;
  }

  /** How many requests were made so far. */
  get requests(): number {
    return this.#connection.requests;
  }

  async projects(): Promise<SentryProject[]> {
    const { rows } = await this.#connection.pages({
      operation: 'list projects',
      path: 'projects/',
      needs: 'org:read',
      query: { per_page: PAGE_SIZE },
      schema: z.array(projectSchema),
      rowsOf: body => body,
      maxPages: 1000,
    });
    return rows;
  }

  /** Issues with their figures in the window; the search is Sentry's own. */
  issues(options: {
    scope: SentryScope;
    search: string;
    sort: 'date' | 'freq';
    statsPeriod: string;
    groupStatsPeriod: '24h' | '';
    maxPages: number;
  }): Promise<SentryList<SentryIssue>> {
    const { scope, search, maxPages, ...query } = options;
    return this.#connection.pages({
      operation: 'list issues',
      path: 'issues/',
      needs: 'event:read',
      query: {
        ...scopeQuery(scope),
        ...query,
        query: search,
        limit: PAGE_SIZE,
        collapse: ['filtered'],
      },
      schema: z.array(issueSchema),
      rowsOf: body => body,
      maxPages,
    });
  }

  /** A table of events or spans; without a function among the fields its rows are single events. */
  table(options: {
    operation: string;
    scope: SentryScope;
    window: SentryWindow;
    dataset: string;
    fields: string[];
    search: string;
    sort: string;
    maxPages: number;
    pageSize?: number;
  }): Promise<SentryList<SentryRow>> {
    return this.#connection.pages({
      operation: options.operation,
      path: 'events/',
      needs: 'org:read',
      query: {
        ...scopeQuery(options.scope),
        ...windowQuery(options.window),
        dataset: options.dataset,
        field: options.fields,
        query: options.search || undefined,
        sort: options.sort,
        per_page: options.pageSize ?? PAGE_SIZE,
      },
      schema: tableSchema,
      rowsOf: body => body.data,
      maxPages: options.maxPages,
    });
  }

  /** Hourly series by project, at most ten of them: current Sentry. */
  async timeSeries(options: SeriesQuery) {
    const { body } = await this.#connection.get({
      operation: 'read time series',
      path: 'events-timeseries/',
      needs: 'org:read',
      query: {
        ...scopeQuery(options.scope),
        statsPeriod: options.statsPeriod,
        dataset: options.dataset,
        query: options.search || undefined,
        yAxis: options.axes,
        groupBy: ['project'],
        sort: '-count()',
        topEvents: 10,
        excludeOther: 1,
        interval: 3600,
      },
      schema: timeSeriesSchema,
    });
    return body;
  }

  /** The same of Sentry before it had `events-timeseries`. */
  async eventsStats(options: SeriesQuery) {
    const { body } = await this.#connection.get({
      operation: 'read event statistics',
      path: 'events-stats/',
      needs: 'org:read',
      query: {
        ...scopeQuery(options.scope),
        statsPeriod: options.statsPeriod,
        dataset: options.dataset,
        query: options.search || undefined,
        yAxis: options.axes,
        field: ['project', 'count()'],
        sort: '-count()',
        orderby: '-count()',
        topEvents: 10,
        excludeOther: 1,
        interval: '1h',
      },
      schema: eventsStatsSchema,
    });
    return body;
  }

  /** Totals of release health sessions. */
  async sessions(options: {
    scope: SentryScope;
    statsPeriod: string;
    /** The answer is bounded by groups times intervals, also without series. */
    interval: '1h' | '1d';
  }): Promise<SentryGroup[]> {
    const { body } = await this.#connection.get({
      operation: 'read sessions',
      path: 'sessions/',
      needs: 'org:read',
      query: {
        ...scopeQuery(options.scope),
        statsPeriod: options.statsPeriod,
        interval: options.interval,
        field: ['sum(session)', 'crash_free_rate(session)'],
        groupBy: ['project', 'release'],
        orderBy: '-sum(session)',
        includeSeries: 0,
      },
      schema: groupsSchema,
    });
    return body.groups;
  }

  /** What became of the transactions that SDKs recorded, those included that they kept to themselves. */
  async transactionOutcomes(options: { scope: SentryScope }) {
    const { body } = await this.#connection.get({
      operation: 'read outcomes',
      path: 'stats_v2/',
      needs: 'org:read',
      query: {
        ...scopeQuery(options.scope),
        statsPeriod: '1h',
        interval: '1h',
        category: 'transaction',
        field: 'sum(quantity)',
        groupBy: ['project', 'outcome'],
      },
      schema: groupsSchema,
    });
    return body;
  }

  /** Releases, the newest first. */
  releases(options: {
    scope: SentryScope;
    maxPages: number;
    pageSize?: number;
    /** Ends the list early. */
    until?: (page: SentryRelease[]) => boolean;
  }): Promise<SentryList<SentryRelease>> {
    return this.#connection.pages({
      operation: 'list releases',
      path: 'releases/',
      needs: 'project:read or project:releases',
      query: {
        ...scopeQuery(options.scope),
        per_page: options.pageSize ?? PAGE_SIZE,
      },
      schema: z.array(releaseSchema),
      rowsOf: body => body,
      maxPages: options.maxPages,
      until: options.until,
    });
  }
}

/** What both kinds of series are asked with. */
export interface SeriesQuery {
  scope: SentryScope;
  statsPeriod: string;
  dataset: string;
  search: string;
  axes: string[];
}
