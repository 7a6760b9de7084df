import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  CollectRequest,
  EntitySelection,
  Provider,
  ProviderSchedule,
  ProviderWebhook,
  TargetResult,
  VendorClient,
} from '@watchkeeper/backstage-plugin-observability-node';
import { RequestBudget } from './api/RequestBudget';
import { UptimeRobotApi } from './api/UptimeRobotApi';
import { readAccount } from './cycle/readAccount';
import { readTarget, wantsPast } from './cycle/readTarget';
import {
  selectMonitors,
  UPTIMEROBOT_ANNOTATIONS,
  UPTIMEROBOT_KINDS,
} from './select';
import { readInstanceState, toStoredState } from './state';
import { createUptimeRobotWebhook } from './webhook';

const USUAL_FREQUENCY_SECONDS = 60;

/**
 * Reads one account of UptimeRobot.
 *
 * A cycle reads the whole account, however many services show it: with the 500
 * monitors of a large account that is three requests. UptimeRobot's free plan
 * allows ten a minute to all who use the key. So the instants of the last
 * requests are kept with the instance's state, each cycle reads the states
 * first and uses what is left for the rest, and a cycle that may not read all
 * states goes on in the next one and says nothing until then.
 */
export class UptimeRobotProvider implements Provider {
  readonly provider = 'uptimerobot';
  readonly title = 'UptimeRobot';
  readonly kinds = UPTIMEROBOT_KINDS;
  readonly annotations = UPTIMEROBOT_ANNOTATIONS;
  readonly instance: string;
  readonly schedule?: ProviderSchedule;
  readonly webhook?: ProviderWebhook;
  readonly #instances: readonly string[];
  readonly #client: VendorClient;
  readonly #apiKey: string;
  readonly #apiKeySetting: string;
  readonly #now: () => Date;

  constructor(options: {
    name: string;
    /** The names of all configured instances. */
    instances: readonly string[];
    client: VendorClient;
    apiKey: string;
    apiKeySetting: string;
    webhookSecret?: string;
    schedule?: ProviderSchedule;
    /** For the limit, which goes by the time that passes. */
    now?: () => Date;
  }) {
    this.instance = options.name;
    this.schedule = options.schedule;
    this.#instances = options.instances;
    this.#client = options.client;
    this.#apiKey = options.apiKey;
    this.#apiKeySetting = options.apiKeySetting;
    this.#now = options.now ?? (() => new Date());
    if (options.webhookSecret) {
      this.webhook = createUptimeRobotWebhook({
        secret: options.webhookSecret,
      });
    }
  }

  select(entity: Entity): EntitySelection {
    return selectMonitors(entity, {
      instance: this.instance,
      instances: this.#instances,
    });
  }

  async *collect(
    request: CollectRequest,
  ): AsyncGenerator<TargetResult, JsonObject | undefined> {
    const { targets, now, signal, logger } = request;
    if (targets.length === 0) return undefined;
    const state = readInstanceState(request.instanceState);
    const budget = new RequestBudget({
      now: this.#now,
      limit: state.limit,
      made: state.made,
    });
    const account = await readAccount({
      api: new UptimeRobotApi({
        client: this.#client,
        apiKey: this.#apiKey,
        apiKeySetting: this.#apiKeySetting,
        signal,
        budget,
      }),
      budget,
      state,
      wantsPast: monitors =>
        targets.some(target => wantsPast(target, monitors)),
      logger,
      now,
    });
    if (account) {
      const listed = new Set(account.monitors.map(({ id }) => id));
      state.responses = Object.fromEntries(
        Object.entries(state.responses).filter(([id]) => listed.has(id)),
      );
      const frequencySeconds =
        this.schedule?.frequencySeconds ?? USUAL_FREQUENCY_SECONDS;
      for (const target of targets) {
        yield readTarget(target, { account, state, frequencySeconds });
      }
    }
    return toStoredState({
      ...state,
      made: budget.madeLately,
      limit: budget.limit,
    });
  }
}
