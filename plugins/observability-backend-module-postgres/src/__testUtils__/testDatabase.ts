import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { readPostgresConfig } from '../config';
import { PostgresProvider, PostgresProviderOptions } from '../PostgresProvider';

/** Where a real PostgreSQL is, for tests; the same as that of the portal's other tests. */
export const POSTGRES =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;

/** A database of a test's own, and the role that the documentation recommends. */
export interface TestDatabase {
  /** A superuser in it. */
  admin: Client;
  /** Another session of the superuser. */
  connect(): Promise<Client>;
  /** Of the server: `180004`. */
  version: number;
  name: string;
  role: string;
  password: string;
  /** As the role, unless something else is said. */
  connectionString(parts?: {
    user?: string;
    password?: string;
    host?: string;
    port?: number;
    database?: string;
  }): string;
  drop(): Promise<void>;
}

/** Its name is in the role's and in the database's, so that tests do not meet. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = new URL(POSTGRES ?? '');
  const id = randomBytes(6).toString('hex');
  const name = `watchkeeper_${id}`;
  const role = `watchkeeper_role_${id}`;
  const password = `p@ss/word ${id}`;

  const connectTo = async (database: string) => {
    const url = new URL(server);
    url.pathname = `/${database}`;
    const client = new Client({ connectionString: url.href });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  const maintenance = await connectTo('postgres');
  await maintenance.query(`create database ${name}`);
  await maintenance.query(
    `create role ${role} login password '${password}'; grant pg_monitor to ${role}`,
  );
  const sessions = [await connectTo(name)];
  const [admin] = sessions;
  const { rows } = await admin.query(
    "select current_setting('server_version_num')::int as version",
  );
  return {
    admin,
    name,
    role,
    password,
    version: rows[0].version,
    connect: async () => {
      const client = await connectTo(name);
      sessions.push(client);
      return client;
    },
    connectionString: (parts = {}) => {
      const url = new URL(server);
      url.username = encodeURIComponent(parts.user ?? role);
      url.password = encodeURIComponent(parts.password ?? password);
      url.pathname = `/${parts.database ?? name}`;
      url.hostname = parts.host ?? url.hostname;
      url.port = String(parts.port ?? url.port);
      return url.href;
    },
    drop: async () => {
      await admin.query(`drop owned by ${role}`);
      await Promise.all(sessions.map(session => session.end()));
      // A test that failed may have left some behind.
      await maintenance.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [name],
      );
      await maintenance.query(`drop database ${name}`);
      await maintenance.query(`drop role ${role}`);
      await maintenance.end();
    },
  };
}

/** The provider of one database called `crm`. */
export function providerOf(
  connectionString: string,
  options: Partial<PostgresProviderOptions> & {
    statementTimeout?: string;
  } = {},
): PostgresProvider {
  const { statementTimeout, ...rest } = options;
  const config = readPostgresConfig(
    new ConfigReader({
      observability: {
        postgres: {
          databases: [
            {
              name: 'crm',
              connectionString,
              ...(statementTimeout && { statementTimeout }),
            },
          ],
        },
      },
    }),
  );
  if (!config || 'message' in config) throw new Error('It has no databases');
  if (config.databases.length === 0) {
    throw new Error([...config.unusable.values()].join());
  }
  return new PostgresProvider({ ...config, ...rest });
}

/** An entity with this annotation. */
export function entityWith(postgres: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'crm',
      annotations: { 'watchkeeper.io/postgres': postgres },
    },
  };
}
