import { Config, ConfigReader } from '@backstage/config';
import { isError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import type { MisconfiguredInstance } from '../extensions';

/** What an instance is called when its configuration does not say. */
const DEFAULT_NAME = 'default';
const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** @public */
export interface ReadInstancesOptions<T> {
  config: Config;
  /** Of the list: `observability.sentry.instances`. */
  key: string;
  /** The vendor: `sentry`. */
  provider: string;
  /** The vendor's name for people: `Sentry`. */
  title: string;
  /**
   * Reads one instance. What it throws is told as it is, so its message names
   * the key and what is expected, as those of `Config` do, and no secret.
   */
  read(instance: {
    config: Config;
    name: string;
    /** Of the instance: `observability.sentry.instances[0]`. */
    key: string;
  }): T;
  /**
   * What can be told of an instance that cannot be used, so that the entities
   * that mean it show why.
   */
  describe?(instance: {
    config: Config;
    name: string;
  }): Pick<MisconfiguredInstance, 'select' | 'kinds' | 'annotations'>;
}

/**
 * Reads the instances of a vendor. One that cannot be used is told as
 * misconfigured, and takes no other with it. A name that occurs twice is used
 * by none, as a name is an instance's identity.
 *
 * @public
 */
export function readInstances<T>(options: ReadInstancesOptions<T>): {
  instances: T[];
  misconfigured: MisconfiguredInstance[];
} {
  const { config, key, provider, title, read, describe } = options;
  const instances: T[] = [];
  const misconfigured: MisconfiguredInstance[] = [];
  const refuse = (instance: string, message: string, item?: Config) => {
    misconfigured.push({
      provider,
      title,
      instance,
      message,
      ...(item &&
        describeSafely(() => describe?.({ config: item, name: instance }))),
    });
  };

  const items: JsonValue = config.getOptional(key) ?? [];
  if (!Array.isArray(items)) {
    refuse(DEFAULT_NAME, `'${key}' in the configuration is not a list`);
    return { instances, misconfigured };
  }

  const byName = new Map<string, { config: Config; key: string }[]>();
  for (const [index, item] of items.entries()) {
    const itemKey = `${key}[${index}]`;
    if (!isObject(item)) {
      refuse(
        `#${index + 1}`,
        `'${itemKey}' in the configuration is not an object; expected the settings of one instance`,
      );
      continue;
    }
    const itemConfig = readerOf(config, { key, index, items });
    const name = itemConfig.getOptional('name') ?? DEFAULT_NAME;
    if (typeof name !== 'string' || !NAME_PATTERN.test(name)) {
      refuse(
        `#${index + 1}`,
        `'${itemKey}.name' in the configuration is not a name; expected at most 63 letters, digits, '.', '_' or '-'`,
        itemConfig,
      );
      continue;
    }
    const entry = { config: itemConfig, key: itemKey };
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }

  for (const [name, [entry, ...others]] of byName) {
    if (others.length > 0) {
      const keys = [entry, ...others].map(other => `'${other.key}'`);
      refuse(
        name,
        `${keys.join(
          ' and ',
        )} in the configuration are both named '${name}'; expected a name of its own for each`,
        entry.config,
      );
      continue;
    }
    try {
      instances.push(read({ ...entry, name }));
    } catch (error) {
      refuse(name, tellError(error, entry.key), entry.config);
    }
  }
  return { instances, misconfigured };
}

/** Keeps the name of the file in messages, which only whole lists allow. */
function readerOf(
  config: Config,
  place: { key: string; index: number; items: JsonValue[] },
): Config {
  const { key, index, items } = place;
  return items.every(isObject)
    ? config.getConfigArray(key)[index]
    : new ConfigReader(
        Object(items[index]),
        'the configuration',
        undefined,
        `${key}[${index}]`,
      );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tellError(error: unknown, key: string): string {
  const message = isError(error) ? error.message : String(error);
  return message.includes(key) ? message : `'${key}': ${message}`;
}

function describeSafely<T>(describe: () => T): T | undefined {
  try {
    return describe();
  } catch {
    // What makes it unusable may also be what makes it indescribable.
    return undefined;
  }
}
