import { Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  MisconfiguredOnCallInstance,
  ProviderSchedule,
  readBaseUrl,
  readInstances,
  readSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';

const ACCOUNTS_KEY = 'observability.pagerDuty.accounts';
const OLDER_KEY = 'pagerDuty';
const OLDER_ACCOUNTS_KEY = 'pagerDuty.accounts';
const PAGERDUTY_URL = 'https://api.pagerduty.com';
const PAGERDUTY = { provider: 'pagerduty', title: 'PagerDuty' };

/** One account, as configured. */
export interface PagerDutyAccount {
  name: string;
  apiToken: string;
  baseUrl: string;
  webhookSecret?: string;
  allowOverrides: boolean;
  schedule?: ProviderSchedule;
}

/** What the configuration says of PagerDuty. */
export interface PagerDutyConfig {
  accounts: PagerDutyAccount[];
  misconfigured: MisconfiguredOnCallInstance[];
  /** The names of all accounts, also of those that cannot be used. */
  names: string[];
}

/**
 * Reads `observability.pagerDuty`; where there is none, the settings of
 * PagerDuty's own plugin.
 */
export function readPagerDutyConfig(config: Config): PagerDutyConfig {
  const isOlder =
    !config.has('observability.pagerDuty') && config.has(OLDER_KEY);
  const { instances, misconfigured } = isOlder
    ? readOlderConfig(config)
    : readInstances({
        config,
        key: ACCOUNTS_KEY,
        ...PAGERDUTY,
        read: ({ config: account, name }): PagerDutyAccount => ({
          name,
          apiToken: account.getString('apiToken'),
          baseUrl: readBaseUrl(account, { default: PAGERDUTY_URL }),
          webhookSecret: account.getOptionalString('webhookSecret'),
          allowOverrides: account.getOptionalBoolean('allowOverrides') ?? false,
          schedule: readSchedule(account),
        }),
      });
  return {
    accounts: instances,
    misconfigured: misconfigured.map(({ instance, message }) => ({
      ...PAGERDUTY,
      instance,
      message,
    })),
    names: [...instances.map(({ name }) => name)].concat(
      misconfigured.map(({ instance }) => instance),
    ),
  };
}

/** One account at the top, or a list of them in which `id` is the name. */
function readOlderConfig(config: Config) {
  const listed = config.getOptional<JsonValue>(OLDER_ACCOUNTS_KEY);
  const top = config.getOptional<JsonValue>(OLDER_KEY);
  const key = Array.isArray(listed) ? OLDER_ACCOUNTS_KEY : OLDER_KEY;
  const items = (Array.isArray(listed) ? listed : [top ?? null]).map(nameOlder);
  return readInstances({
    // Under the key that people know, so that messages name it.
    config: new ConfigReader(nest(key, items)),
    key,
    ...PAGERDUTY,
    read: ({ config: account, name }): PagerDutyAccount => {
      if (!account.has('apiToken') && account.has('oauth')) {
        throw new InputError(
          `'${key}' in the configuration signs in with OAuth, which is not supported; expected '${ACCOUNTS_KEY}' with an apiToken`,
        );
      }
      return {
        name,
        apiToken: account.getString('apiToken'),
        baseUrl: readBaseUrl(account, {
          key: 'apiBaseUrl',
          default: PAGERDUTY_URL,
        }),
        allowOverrides: false,
      };
    },
  });
}

function nameOlder(item: JsonValue): JsonValue {
  return isObject(item)
    ? { ...item, name: typeof item.id === 'string' ? item.id : 'default' }
    : item;
}

function nest(key: string, items: JsonValue[]): JsonObject {
  return key === OLDER_KEY
    ? { [OLDER_KEY]: items }
    : { [OLDER_KEY]: { accounts: items } };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
