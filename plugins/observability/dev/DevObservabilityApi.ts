import type {
  EntityHealthList,
  EntityReport,
  Series,
} from '@watchkeeper/backstage-plugin-observability-common';
import {
  createFleet,
  createSources,
  EMPTY_LIST,
  withoutLaterColumns,
} from '../src/__fixtures__/fleet';
import { listFleet } from '../src/__fixtures__/listFleet';
import type { EntityHealthListRequest, ObservabilityApi } from '../src/api';
import { failure } from './failure';
import { reportOf } from './reports';

const NETWORK_MS = 150;

/** Answers with made-up data; the `state` of the address picks what goes wrong with the list. */
export class DevObservabilityApi implements ObservabilityApi {
  /** What happened stays where it happened, however often one asks. */
  readonly #fleet = createFleet(Date.now());

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

  async getSeries(): Promise<Series[]> {
    return [];
  }

  async refreshEntity(): Promise<{ alreadyRequested: boolean }> {
    await pause();
    return { alreadyRequested: false };
  }
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, NETWORK_MS));
}
