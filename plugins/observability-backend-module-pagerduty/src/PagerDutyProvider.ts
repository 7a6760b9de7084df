import { Entity } from '@backstage/catalog-model';
import {
  OnCallCollectRequest,
  OnCallProvider,
  OnCallReading,
  OnCallSelection,
  ProviderSchedule,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { PagerDutyApi } from './api/PagerDutyApi';
import { OnCallEntry } from './api/schemas';
import { toSchedules } from './map';
import { writeOverride } from './override';
import { PAGERDUTY_ANNOTATIONS, selectServices } from './select';
import { resolveServices } from './services';
import { createPagerDutyWebhook } from './webhook';

/** So many ids fit in an address. */
const POLICIES_AT_ONCE = 50;

/** @internal */
export interface PagerDutyProviderOptions {
  /** The account's name. */
  name: string;
  /** Of all accounts, this one's included. */
  names: readonly string[];
  client: VendorClient;
  allowOverrides: boolean;
  webhookSecret?: string;
  schedule?: ProviderSchedule;
}

/**
 * Who is on call in one account of PagerDuty. A schedule is an escalation
 * policy: with its levels it says who is paged for a service, and in which order.
 *
 * @internal
 */
export class PagerDutyProvider implements OnCallProvider {
  readonly provider = 'pagerduty';
  readonly title = 'PagerDuty';
  readonly annotations = PAGERDUTY_ANNOTATIONS;
  readonly instance: string;
  readonly schedule?: ProviderSchedule;
  readonly webhook?: OnCallProvider['webhook'];
  readonly override?: OnCallProvider['override'];
  readonly #names: readonly string[];
  readonly #client: VendorClient;

  constructor(options: PagerDutyProviderOptions) {
    this.instance = options.name;
    this.schedule = options.schedule;
    this.#names = options.names;
    this.#client = options.client;
    if (options.webhookSecret) {
      this.webhook = createPagerDutyWebhook(options.webhookSecret);
    }
    if (options.allowOverrides) {
      this.override = request =>
        writeOverride(new PagerDutyApi(this.#client), request);
    }
  }

  select(entity: Entity): OnCallSelection {
    return selectServices(entity, {
      account: this.instance,
      accounts: this.#names,
    });
  }

  async collect(request: OnCallCollectRequest): Promise<OnCallReading> {
    const { services, from, to, now, signal } = request;
    const api = new PagerDutyApi(this.#client, signal);
    const known = await resolveServices({
      api,
      selected: services,
      state: request.instanceState,
      now,
    });
    const selected = new Set(services.map(({ id }) => id));
    const current = {
      ...known,
      services: Object.fromEntries(
        Object.entries(known.services).filter(([id]) => selected.has(id)),
      ),
    };
    const answering = new Set(
      Object.values(current.services).map(service => service?.policyId),
    );
    current.policies = current.policies.filter(({ id }) => answering.has(id));

    const entries: OnCallEntry[] = [];
    const ids = current.policies.map(({ id }) => id);
    for (let start = 0; start < ids.length; start += POLICIES_AT_ONCE) {
      const chunk = ids.slice(start, start + POLICIES_AT_ONCE);
      entries.push(...(await api.onCalls(chunk, from, to)));
    }
    return {
      schedules: toSchedules(current, entries),
      unknownServices: services
        .filter(({ id }) => current.services[id] === null)
        .map(({ id }) => id),
      state: current,
    };
  }
}
