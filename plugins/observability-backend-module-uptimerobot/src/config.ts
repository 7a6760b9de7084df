import { Config } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  MisconfiguredInstance,
  ProviderSchedule,
  readBaseUrl,
  readInstances,
  readSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  selectMonitors,
  UPTIMEROBOT_ANNOTATIONS,
  UPTIMEROBOT_KINDS,
} from './select';

const INSTANCES_KEY = 'observability.uptimeRobot.instances';
const UPTIMEROBOT_URL = 'https://api.uptimerobot.com';

/** One instance, as configured. */
export interface UptimeRobotInstance {
  name: string;
  apiKey: string;
  baseUrl: string;
  webhookSecret?: string;
  schedule?: ProviderSchedule;
  /** Where the key stands in configuration, for messages. */
  apiKeySetting: string;
}

/** What the configuration says of UptimeRobot. */
export interface UptimeRobotConfig {
  instances: UptimeRobotInstance[];
  misconfigured: MisconfiguredInstance[];
  /** The names of all instances, also of those that cannot be used. */
  names: string[];
}

/**
 * Reads `observability.uptimeRobot`; where there is none, the settings of the
 * plugins that people may come from: `uptimerobot.apiKeys`, a list of names and
 * keys, or `uptimerobot.apiKey`.
 */
export function readUptimeRobotConfig(config: Config): UptimeRobotConfig {
  if (config.has('observability.uptimeRobot') || !config.has('uptimerobot')) {
    return readFrom(config, {
      key: INSTANCES_KEY,
      secret: 'apiKey',
      names: namesOf(config.getOptional(INSTANCES_KEY)),
    });
  }
  if (config.has('uptimerobot.apiKeys')) {
    const key = 'uptimerobot.apiKeys';
    return readFrom(config, {
      key,
      secret: 'key',
      names: namesOf(config.getOptional(key)),
    });
  }
  return readOlderConfig(config);
}

function readFrom(
  config: Config,
  place: { key: string; secret: string; names: string[] },
): UptimeRobotConfig {
  const { names } = place;
  return {
    ...readInstances({
      config,
      key: place.key,
      provider: 'uptimerobot',
      title: 'UptimeRobot',
      read: ({ config: instance, name, key }): UptimeRobotInstance => ({
        name,
        apiKey: instance.getString(place.secret).trim(),
        baseUrl: withoutApiPath(
          readBaseUrl(instance, { default: UPTIMEROBOT_URL }),
        ),
        webhookSecret: instance.getOptionalString('webhookSecret'),
        schedule: readSchedule(instance),
        apiKeySetting: `${key}.${place.secret}`,
      }),
      describe: ({ config: instance }) =>
        describeSelection(
          instance.getOptionalString('name') ?? 'default',
          names,
        ),
    }),
    names,
  };
}

function readOlderConfig(config: Config): UptimeRobotConfig {
  const names = ['default'];
  try {
    const instance: UptimeRobotInstance = {
      name: 'default',
      apiKey: config.getString('uptimerobot.apiKey').trim(),
      baseUrl: UPTIMEROBOT_URL,
      apiKeySetting: 'uptimerobot.apiKey',
    };
    return { instances: [instance], misconfigured: [], names };
  } catch (error) {
    const misconfigured: MisconfiguredInstance = {
      provider: 'uptimerobot',
      title: 'UptimeRobot',
      instance: 'default',
      message: (error as Error).message,
      ...describeSelection('default', names),
    };
    return { instances: [], misconfigured: [misconfigured], names };
  }
}

function describeSelection(
  instance: string,
  names: string[],
): Pick<MisconfiguredInstance, 'select' | 'kinds' | 'annotations'> {
  return {
    select: entity => selectMonitors(entity, { instance, instances: names }),
    kinds: UPTIMEROBOT_KINDS,
    annotations: UPTIMEROBOT_ANNOTATIONS,
  };
}

function namesOf(items: JsonValue | undefined): string[] {
  return (Array.isArray(items) ? items : []).map(item =>
    isObject(item) && typeof item.name === 'string' ? item.name : 'default',
  );
}

/** People copy the address of the API with its version; that is added to each call. */
function withoutApiPath(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/v[23]$/, '');
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
