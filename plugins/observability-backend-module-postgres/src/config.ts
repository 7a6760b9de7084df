import { Config, ConfigReader } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  MisconfiguredInstance,
  ProviderSchedule,
  readInstances,
  readSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import { POSTGRES_ANNOTATION } from '@watchkeeper/backstage-plugin-observability-common';
import { ConnectionSettings, readConnection } from './connection/settings';
import { selectDatabases } from './select';

const KEY = 'observability.postgres';
const DATABASES_KEY = `${KEY}.databases`;

/** A database that can be asked. */
export interface ConfiguredDatabase {
  name: string;
  connection: ConnectionSettings;
}

/** What the configuration says of PostgreSQL. */
export interface PostgresConfig {
  databases: ConfiguredDatabase[];
  /** By name: why a database that is configured cannot be used. */
  unusable: ReadonlyMap<string, string>;
  schedule?: ProviderSchedule;
}

/**
 * Reads `observability.postgres`; nothing where it is not there. One database
 * that cannot be used takes no other with it: entities that name it show why.
 */
export function readPostgresConfig(
  config: Config,
): PostgresConfig | MisconfiguredInstance | undefined {
  if (!config.has(KEY)) return undefined;
  const items: JsonValue = config.getOptional(DATABASES_KEY) ?? [];
  const misconfigured = (
    message: string,
    known?: Pick<PostgresConfig, 'databases' | 'unusable'>,
  ): MisconfiguredInstance => ({
    provider: 'postgres',
    title: 'PostgreSQL',
    instance: 'default',
    message,
    kinds: ['database'],
    annotations: [POSTGRES_ANNOTATION],
    ...(known && { select: entity => selectDatabases(entity, known) }),
  });
  if (!Array.isArray(items)) {
    return misconfigured(
      `'${DATABASES_KEY}' in the configuration is not a list`,
    );
  }

  const { instances, misconfigured: refused } = readInstances({
    // A database needs a name; what is called like this stands for one without.
    config: new ConfigReader(withNames(items)),
    key: DATABASES_KEY,
    provider: 'postgres',
    title: 'PostgreSQL',
    read: ({ config: database, name, key }): ConfiguredDatabase => ({
      name,
      connection: readConnection(database, key),
    }),
  });
  const known = {
    databases: instances,
    unusable: new Map(
      refused.map(({ instance, message }) => [instance, message]),
    ),
  };
  try {
    const settings = config.getOptionalConfig(KEY);
    return { ...known, schedule: settings && readSchedule(settings) };
  } catch (error) {
    return misconfigured(`'${KEY}': ${(error as Error).message}`, known);
  }
}

/** A database without a name is none that an annotation could mean; it is told all the same. */
function withNames(items: JsonValue[]): JsonObject {
  return {
    observability: {
      postgres: {
        databases: items.map(item =>
          isObject(item) && item.name === undefined
            ? { ...item, name: '' }
            : item,
        ),
      },
    },
  };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
