import { parseEntityRef } from '@backstage/catalog-model';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  EntityHealthList,
  EntityReport,
  NewRestoreTest,
  RestoreTest,
  Series,
  UptimeReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import type {
  EntityHealthListRequest,
  ObservabilityApi,
  SeriesRequest,
} from './ObservabilityApi';
import { ObservabilityHttp, queryOf } from './ObservabilityHttp';
import type { ObservabilityRequestOptions } from './requestOptions';

/** {@link ObservabilityApi} over HTTP. */
export class ObservabilityClient implements ObservabilityApi {
  readonly #http: ObservabilityHttp;

  constructor(options: { fetchApi: FetchApi }) {
    this.#http = new ObservabilityHttp(options);
  }

  async getEntityReport(
    entityRef: string,
    options?: ObservabilityRequestOptions,
  ): Promise<EntityReport> {
    return this.#http.read<EntityReport>(
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
    return this.#http.read<EntityHealthList>(
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
    return this.#http.read<Series[]>(
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
    return this.#http.read<UptimeReport>(
      `${entityPath(entityRef)}/uptime-report${queryOf({ month })}`,
      body => Array.isArray(body.monitors),
      options,
    );
  }

  async getUptimeReportFile(entityRef: string, month: string): Promise<Blob> {
    const query = queryOf({ month, format: 'csv' });
    return this.#http.readFile(
      `${entityPath(entityRef)}/uptime-report${query}`,
      'text/csv',
    );
  }

  async listRestoreTests(
    entityRef: string,
    options?: ObservabilityRequestOptions,
  ): Promise<RestoreTest[]> {
    return this.#http.readItems<RestoreTest>(
      `${entityPath(entityRef)}/restore-tests`,
      options,
    );
  }

  async recordRestoreTest(
    entityRef: string,
    restoreTest: NewRestoreTest,
  ): Promise<RestoreTest> {
    const response = await this.#http.send(
      'POST',
      `${entityPath(entityRef)}/restore-tests`,
      { body: restoreTest },
    );
    return response.json();
  }

  async refreshEntity(
    entityRef: string,
  ): Promise<{ alreadyRequested: boolean }> {
    const response = await this.#http.send(
      'POST',
      `${entityPath(entityRef)}/refresh`,
    );
    const text = await response.text();
    const body = text ? JSON.parse(text) : undefined;
    return { alreadyRequested: body?.alreadyRequested === true };
  }
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return ['entities', kind, namespace, name].map(encodeURIComponent).join('/');
}
