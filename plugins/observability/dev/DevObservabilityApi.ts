import type {
  EntityHealthList,
  EntityReport,
  NewRestoreTest,
  RestoreTest,
  Series,
  UptimeReport,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  createFleet,
  createSources,
  EMPTY_LIST,
  withoutLaterColumns,
} from '../src/__fixtures__/fleet';
import { listFleet } from '../src/__fixtures__/listFleet';
import { restoreTest } from '../src/__fixtures__/database';
import { monthReport } from '../src/__fixtures__/operationsReports';
import { seriesOf } from '../src/__fixtures__/series';
import { createClock } from '../src/__fixtures__/signals';
import type {
  EntityHealthListRequest,
  ObservabilityApi,
  SeriesRequest,
} from '../src/api';
import { failure } from './failure';
import { pause } from './pause';
import { reportOf } from './reports';

/** Answers with made-up data; the `state` of the address picks what goes wrong with the list. */
export class DevObservabilityApi implements ObservabilityApi {
  /** What happened stays where it happened, however often one asks. */
  readonly #fleet = createFleet(Date.now());
  #restoreTests: RestoreTest[] = [restoreTest(createClock(Date.now()))];

  async getEntityReport(entityRef: string): Promise<EntityReport> {
    await pause();
    return reportOf(entityRef);
  }

  async listEntityHealth(
    request: EntityHealthListRequest,
  ): Promise<EntityHealthList> {
    const now = Date.now();
    const state = new URLSearchParams(window.location.search).get('state');
    await (state === 'loading' ? new Promise(() => {}) : pause());
    switch (state) {
      case 'forbidden':
        throw await failure(403);
      case 'failed':
        throw await failure(503);
      case 'empty':
        return EMPTY_LIST;
      case 'no-source':
        return listFleet(
          createFleet(now, { size: 16, unconfigured: 4 }).slice(-4),
          [],
          request,
        );
      case 'first-capability':
        return listFleet(
          withoutLaterColumns(this.#fleet),
          createSources(now).slice(0, 1),
          request,
        );
      default:
        return listFleet(this.#fleet, createSources(now), request);
    }
  }

  async getSeries(
    entityRef: string,
    request: SeriesRequest,
  ): Promise<Series[]> {
    await pause();
    const { signals } = await reportOf(entityRef);
    const monitors = signals.flatMap(signal =>
      signal.kind === 'uptime' && signal.id === request.signal
        ? signal.data?.monitors ?? []
        : [],
    );
    return seriesOf(
      request,
      Date.now(),
      request.metric.startsWith('uptime.')
        ? monitors.map(({ id }) => id)
        : [undefined],
    );
  }

  async getUptimeReport(
    entityRef: string,
    month: string,
  ): Promise<UptimeReport> {
    await pause();
    return { ...monthReport(Date.now(), month), entityRef };
  }

  async getUptimeReportFile(): Promise<Blob> {
    await pause();
    return new Blob(['monitor,uptime\n'], { type: 'text/csv' });
  }

  async listRestoreTests(): Promise<RestoreTest[]> {
    await pause();
    return this.#restoreTests;
  }

  async recordRestoreTest(
    entityRef: string,
    newTest: NewRestoreTest,
  ): Promise<RestoreTest> {
    await pause();
    if (entityRef.endsWith('/databases')) {
      throw await failure(403);
    }
    const recorded = {
      ...newTest,
      id: String(this.#restoreTests.length + 1),
      recordedBy: 'user:default/guest',
      recordedAt: new Date().toISOString(),
    };
    this.#restoreTests = [recorded, ...this.#restoreTests];
    return recorded;
  }

  async refreshEntity(): Promise<{ alreadyRequested: boolean }> {
    await pause();
    return { alreadyRequested: false };
  }
}
