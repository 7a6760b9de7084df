import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  EntityHealthList,
  EntityReport,
  NewRestoreTest,
  Resolution,
  RestoreTest,
  Series,
  Status,
  UptimeReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import type { ObservabilityRequestOptions } from './requestOptions';

/**
 * Which services to list. What is left out does not narrow the list.
 *
 * @public
 */
export interface EntityHealthListRequest {
  /** `unconfigured` stands for services that no source is named for. */
  status?: (Status | 'unconfigured')[];
  /** Reference of the owner. */
  owner?: string;
  /** Reference of the system. */
  system?: string;
  /** Words in the name, the title, the tags or the reasons. */
  text?: string;
  /** How many a page, at most 200. */
  limit?: number;
  /** Where the page starts: `nextCursor` or `previousCursor` of another page. */
  cursor?: string;
}

/**
 * Which series to read.
 *
 * @public
 */
export interface SeriesRequest {
  /** Id of the metric, such as `performance.p95Ms`. */
  metric: string;
  /** Id of one signal; all that measure the metric when left out. */
  signal?: string;
  subject?: string;
  from?: Date;
  to?: Date;
  resolution?: Resolution;
}

/**
 * What the pages ask of the back end about the health of entities. Nothing here
 * asks a vendor anything but {@link ObservabilityApi.refreshEntity}.
 *
 * @public
 */
export interface ObservabilityApi {
  /** All that the pages of an entity draw. */
  getEntityReport(
    entityRef: string,
    options?: ObservabilityRequestOptions,
  ): Promise<EntityReport>;

  /** A page of services, worst first, then longest. */
  listEntityHealth(
    request: EntityHealthListRequest,
    options?: ObservabilityRequestOptions,
  ): Promise<EntityHealthList>;

  /** How a metric went. */
  getSeries(
    entityRef: string,
    request: SeriesRequest,
    options?: ObservabilityRequestOptions,
  ): Promise<Series[]>;

  /** The uptime of an entity's monitors in a month, `YYYY-MM` in UTC. */
  getUptimeReport(
    entityRef: string,
    month: string,
    options?: ObservabilityRequestOptions,
  ): Promise<UptimeReport>;

  /** The same as a CSV file. */
  getUptimeReportFile(entityRef: string, month: string): Promise<Blob>;

  /** The restores of an entity's databases that people have tried, newest first. */
  listRestoreTests(
    entityRef: string,
    options?: ObservabilityRequestOptions,
  ): Promise<RestoreTest[]>;

  /** Puts on record that a person tried to restore a backup. */
  recordRestoreTest(
    entityRef: string,
    restoreTest: NewRestoreTest,
  ): Promise<RestoreTest>;

  /**
   * Asks the sources of an entity now. Within 30 seconds of the last time
   * nothing is asked, and `alreadyRequested` is true.
   */
  refreshEntity(entityRef: string): Promise<{ alreadyRequested: boolean }>;
}

/**
 * {@link ObservabilityApi} of the app; replace it to read from elsewhere.
 *
 * @public
 */
export const observabilityApiRef = createApiRef<ObservabilityApi>().with({
  id: 'plugin.observability.client',
  pluginId: 'observability',
});
