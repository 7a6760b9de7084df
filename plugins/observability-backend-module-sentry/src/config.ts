import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  MisconfiguredInstance,
  ProviderSchedule,
  readBaseUrl,
  readInstances,
  readSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  isSlug,
  selectTargets,
  SENTRY_ANNOTATIONS,
  SENTRY_KINDS,
} from './select';

const INSTANCES_KEY = 'observability.sentry.instances';
const OLDER_KEY = 'sentry.organization';
const OLDER_PROXY = '/sentry/api';
const SENTRY_URL = 'https://sentry.io';

/** One instance, as configured. */
export interface SentryInstance {
  name: string;
  organization: string;
  token: string;
  baseUrl: string;
  webhookSecret?: string;
  schedule?: ProviderSchedule;
  /** What to change when something is wrong with it, for messages. */
  settings: SentrySettings;
}

/** Where in configuration things are. */
export interface SentrySettings {
  organization: string;
  token: string;
}

/** What the configuration says of Sentry. */
export interface SentryConfig {
  instances: SentryInstance[];
  misconfigured: MisconfiguredInstance[];
  /** Of all instances that name one, also of those that cannot be used. */
  organizations: string[];
}

/**
 * Reads `observability.sentry`; where there is none, the settings of the plugin
 * that people may come from.
 */
export function readSentryConfig(config: Config): SentryConfig {
  if (!config.has('observability.sentry') && config.has(OLDER_KEY)) {
    return readOlderConfig(config);
  }
  const organizations = organizationsOf(config.getOptional(INSTANCES_KEY));
  return {
    ...readInstances({
      config,
      key: INSTANCES_KEY,
      provider: 'sentry',
      title: 'Sentry',
      read: ({ config: instance, name, key }): SentryInstance => ({
        name,
        organization: readOrganization(instance, `${key}.organization`),
        token: instance.getString('token'),
        baseUrl: withoutApiPath(readBaseUrl(instance, { default: SENTRY_URL })),
        webhookSecret: instance.getOptionalString('webhookSecret'),
        schedule: readSchedule(instance),
        settings: {
          organization: `${key}.organization`,
          token: `${key}.token`,
        },
      }),
      describe: ({ config: instance }) => {
        const organization = instance.getString('organization');
        return describeSelection({ organization, organizations });
      },
    }),
    organizations,
  };
}

/**
 * The settings of `@backstage-community/plugin-sentry`: the organisation, and
 * the proxy through which its pages reach Sentry, with the token among its
 * headers.
 */
function readOlderConfig(config: Config): SentryConfig {
  const endpoint = findProxyEndpoint(config);
  const target = isObject(endpoint) ? endpoint.target : endpoint;
  const token = isObject(endpoint) ? bearerOf(endpoint.headers) : undefined;
  const organizations = organizationsOf([
    { organization: config.getOptional(OLDER_KEY) },
  ]);
  try {
    const organization = readOrganization(config, OLDER_KEY, OLDER_KEY);
    if (!token || typeof target !== 'string') {
      throw new InputError(
        `'${OLDER_KEY}' in the configuration names an organisation, and there is no token for it; expected '${INSTANCES_KEY}' with organization and token, or a target and a header Authorization with a bearer token in 'proxy.endpoints' at '${OLDER_PROXY}'`,
      );
    }
    const instance: SentryInstance = {
      name: 'default',
      organization,
      token,
      baseUrl: withoutApiPath(target),
      settings: {
        organization: OLDER_KEY,
        token: `the header Authorization of proxy.endpoints['${OLDER_PROXY}']`,
      },
    };
    return { instances: [instance], misconfigured: [], organizations };
  } catch (error) {
    const [organization] = organizations;
    const misconfigured: MisconfiguredInstance = {
      provider: 'sentry',
      title: 'Sentry',
      instance: 'default',
      message: (error as Error).message,
      ...(organization && describeSelection({ organization, organizations })),
    };
    return { instances: [], misconfigured: [misconfigured], organizations };
  }
}

function describeSelection(options: {
  organization: string;
  organizations: string[];
}): Pick<MisconfiguredInstance, 'select' | 'kinds' | 'annotations'> {
  return {
    select: entity => selectTargets(entity, options),
    kinds: SENTRY_KINDS,
    annotations: SENTRY_ANNOTATIONS,
  };
}

function readOrganization(
  config: Config,
  fullKey: string,
  key: string = 'organization',
): string {
  const organization = config.getString(key).trim();
  if (!isSlug(organization)) {
    throw new InputError(
      `'${fullKey}' in the configuration is not the slug of an organisation; expected what stands in Sentry's addresses, such as acme`,
    );
  }
  return organization;
}

function organizationsOf(items: JsonValue | undefined): string[] {
  return (Array.isArray(items) ? items : []).flatMap(item => {
    const organization = isObject(item) ? item.organization : undefined;
    return typeof organization === 'string' && isSlug(organization.trim())
      ? [organization.trim()]
      : [];
  });
}

/** People copy the address of the API; the API's own path is added to each call. */
function withoutApiPath(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/api(\/0)?$/, '');
}

/** Its key is a path, which `Config` has no keys for. */
function findProxyEndpoint(config: Config): JsonValue | undefined {
  for (const endpoints of [
    config.getOptional('proxy.endpoints'),
    config.getOptional('proxy'),
  ]) {
    const found = isObject(endpoints) ? endpoints[OLDER_PROXY] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function bearerOf(headers: JsonValue | undefined): string | undefined {
  const [, header] =
    Object.entries(isObject(headers) ? headers : {}).find(
      ([name]) => name.toLowerCase() === 'authorization',
    ) ?? [];
  return typeof header === 'string'
    ? /^bearer\s+(\S+)$/i.exec(header.trim())?.[1]
    : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
