import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  MisconfiguredInstance,
  ProviderSchedule,
  readBaseUrl,
  readInstances,
  readSchedule,
} from '@watchkeeper/backstage-plugin-observability-node';
import {
  isReference,
  selectTargets,
  SUPABASE_ANNOTATIONS,
  SUPABASE_KINDS,
} from './select';

const INSTANCES_KEY = 'observability.supabase.instances';
const SUPABASE_URL = 'https://api.supabase.com';

/** One instance, as configured. */
export interface SupabaseInstance {
  name: string;
  accessToken: string;
  baseUrl: string;
  /** Those whose metrics can be read. */
  projects: SupabaseProjectAccess[];
  schedule?: ProviderSchedule;
  /** What to change when something is wrong with it, for messages. */
  settings: SupabaseSettings;
}

/** How to get at the metrics of a project. */
export interface SupabaseProjectAccess {
  ref: string;
  serviceRoleKey: string;
  metricsUrl: string;
  /** Where in configuration the key stands, for messages. */
  keySetting: string;
}

/** Where in configuration things are. */
export interface SupabaseSettings {
  accessToken: string;
  projects: string;
}

/** What the configuration says of Supabase. */
export interface SupabaseConfig {
  instances: SupabaseInstance[];
  misconfigured: MisconfiguredInstance[];
  /** How many there are, also of those that cannot be used. */
  count: number;
}

/** Reads `observability.supabase`. */
export function readSupabaseConfig(config: Config): SupabaseConfig {
  const items = config.getOptional(INSTANCES_KEY);
  const count = Array.isArray(items) ? items.length : 0;
  const read = readInstances({
    config,
    key: INSTANCES_KEY,
    provider: 'supabase',
    title: 'Supabase',
    read: ({ config: instance, name, key }): SupabaseInstance => ({
      name,
      accessToken: instance.getString('accessToken'),
      baseUrl: withoutApiPath(readBaseUrl(instance, { default: SUPABASE_URL })),
      projects: readProjects(instance, key),
      schedule: readSchedule(instance),
      settings: {
        accessToken: `${key}.accessToken`,
        projects: `${key}.projects`,
      },
    }),
    describe: () => ({
      select: entity => selectTargets(entity, { instances: count }),
      kinds: SUPABASE_KINDS,
      annotations: SUPABASE_ANNOTATIONS,
    }),
  });
  return { ...read, count };
}

function readProjects(instance: Config, key: string): SupabaseProjectAccess[] {
  const projects = (instance.getOptionalConfigArray('projects') ?? []).map(
    (project, index) => {
      const setting = `${key}.projects[${index}]`;
      const ref = project.getString('ref').trim();
      if (!isReference(ref)) {
        throw new InputError(
          `'${setting}.ref' in the configuration is not the reference of a project; expected the twenty letters in its address`,
        );
      }
      return {
        ref,
        serviceRoleKey: project.getString('serviceRoleKey'),
        metricsUrl: readBaseUrl(project, {
          key: 'metricsUrl',
          default: `https://${ref}.supabase.co/customer/v1/privileged/metrics`,
        }),
        keySetting: `${setting}.serviceRoleKey`,
      };
    },
  );
  const twice = projects.find(
    ({ ref }, index) =>
      projects.findIndex(other => other.ref === ref) !== index,
  );
  if (twice) {
    throw new InputError(
      `'${key}.projects' in the configuration has ${twice.ref} more than once; expected each project once`,
    );
  }
  return projects;
}

/** The API's own path is added to each call. */
function withoutApiPath(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
}
