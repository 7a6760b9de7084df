import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  MisconfiguredInstance,
  observabilityProvidersExtensionPoint,
  Provider,
} from '@watchkeeper/backstage-plugin-observability-node';
import { entityWith } from './__testUtils__/testDatabase';
import { observabilityModulePostgres } from './module';

const CRM = 'postgresql://me:hunter2@db.example.com/crm';

async function start(postgres: JsonValue | undefined) {
  const providers: Provider[] = [];
  const misconfigured: MisconfiguredInstance[] = [];
  const data: JsonObject =
    postgres === undefined ? {} : { observability: { postgres } };
  await startTestBackend({
    extensionPoints: [
      [
        observabilityProvidersExtensionPoint,
        {
          addProvider: (...added) => providers.push(...added.flat()),
          addMisconfiguredInstance: instance => misconfigured.push(instance),
        },
      ],
    ],
    features: [
      observabilityModulePostgres,
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return { providers, misconfigured };
}

describe('the module', () => {
  it('gives one provider for all databases, with a pace of its own', async () => {
    const { providers, misconfigured } = await start({
      schedule: { frequency: { minutes: 5 }, timeout: { seconds: 100 } },
      databases: [
        { name: 'crm', connectionString: CRM },
        {
          name: 'billing',
          connectionString:
            'postgres://me:hunter2@[::1]:6543/billing?sslmode=verify-full&application_name=x',
          statementTimeout: '2s',
        },
        {
          name: 'local',
          connectionString: 'postgresql://me@/crm?host=/run/postgresql',
          ssl: { ca: 'PEM', rejectUnauthorized: true },
        },
      ],
    });
    expect(misconfigured).toEqual([]);
    expect(providers).toEqual([
      expect.objectContaining({
        provider: 'postgres',
        title: 'PostgreSQL',
        instance: 'default',
        kinds: ['database'],
        annotations: ['watchkeeper.io/postgres'],
        schedule: { frequencySeconds: 300, timeoutSeconds: 100 },
      }),
    ]);
    expect(providers[0].select(entityWith(' crm, billing ,local'))).toEqual({
      targets: ['crm', 'billing', 'local'].map(key => ({
        key,
        kinds: ['database'],
      })),
      misconfigurations: [],
    });
  });

  it('tells of a database that cannot be used where it is named, without its secrets, and uses the others', async () => {
    const unusable: [string, JsonObject, RegExp][] = [
      ['none', {}, /\[0\]\.connectionString/],
      [
        'text',
        { connectionString: 'host=db password=hunter2' },
        /expected one such as/,
      ],
      [
        'other',
        { connectionString: 'mysql://me:hunter2@db/crm' },
        /not a connection string/,
      ],
      [
        'broken',
        { connectionString: 'postgresql://me:hunter2@db:port/crm' },
        /cannot be read/,
      ],
      [
        'hostless',
        { connectionString: 'postgresql://me:hunter2@/crm' },
        /lacks the host/,
      ],
      [
        'userless',
        { connectionString: 'postgresql://db/crm' },
        /lacks the user/,
      ],
      [
        'nameless',
        { connectionString: 'postgresql://me:hunter2@db' },
        /lacks the database/,
      ],
      [
        'files',
        { connectionString: `${CRM}?sslrootcert=/no/such/hunter2` },
        /files of certificates/,
      ],
      [
        'tls',
        { connectionString: `${CRM}?ssl=maybe` },
        /unknown value of 'ssl'/,
      ],
      [
        'slow',
        { connectionString: CRM, statementTimeout: { hours: 1 } },
        /statementTimeout.*at most a minute/,
      ],
    ];
    const { providers, misconfigured } = await start({
      databases: [
        ...unusable.map(([name, settings]) => ({ name, ...settings })),
        { connectionString: CRM },
        { name: 'crm', connectionString: CRM },
      ],
    });
    expect(misconfigured).toEqual([]);
    const [provider] = providers;
    for (const [name, , message] of unusable) {
      const selection = provider.select(entityWith(`${name}, crm`));
      expect(selection).toEqual({
        targets: [{ key: 'crm', kinds: ['database'] }],
        misconfigurations: [
          {
            annotation: 'watchkeeper.io/postgres',
            message: expect.stringMatching(message),
          },
        ],
      });
      expect(JSON.stringify(selection)).not.toContain('hunter2');
    }
  });

  it('tells of a name that is not configured, and of an annotation without one', async () => {
    const { providers } = await start({
      databases: [{ name: 'crm', connectionString: CRM }],
    });
    const messageOf = (value: string) =>
      providers[0].select(entityWith(value)).misconfigurations[0].message;
    expect(messageOf('crn')).toBe(
      'No PostgreSQL database "crn" is configured: the configured ones are crm',
    );
    expect(messageOf(' , ')).toMatch(/names no database/);
    const { metadata, ...rest } = entityWith('crm');
    expect(
      providers[0].select({ ...rest, metadata: { name: metadata.name } }),
    ).toEqual({ targets: [], misconfigurations: [] });
  });

  it('tells of settings that cannot be used as a whole', async () => {
    const list = await start({ databases: CRM });
    expect(list.providers).toEqual([]);
    expect(list.misconfigured).toEqual([
      expect.objectContaining({
        provider: 'postgres',
        instance: 'default',
        message: expect.stringContaining('is not a list'),
      }),
    ]);
    const pace = await start({
      databases: [{ name: 'crm', connectionString: CRM }],
      schedule: { frequency: 'often' },
    });
    expect(pace.providers).toEqual([]);
    expect(pace.misconfigured[0].message).toMatch(/schedule\.frequency/);
    expect(pace.misconfigured[0].select?.(entityWith('crm')).targets).toEqual([
      { key: 'crm', kinds: ['database'] },
    ]);
  });

  it('does nothing where PostgreSQL is not configured', async () => {
    expect(await start(undefined)).toEqual({
      providers: [],
      misconfigured: [],
    });
  });
});
