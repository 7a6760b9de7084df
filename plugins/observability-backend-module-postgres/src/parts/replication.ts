import { DatabaseData } from '@watchkeeper/backstage-plugin-observability-common';
import { plainText } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';
import { bytesText } from '../text';

const MAX_REPLICAS = 20;

const PRIMARY_SQL = `
  select /* watchkeeper */
    application_name as name,
    state,
    extract(epoch from replay_lag)::float8 as "lagSeconds",
    pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::float8 as "lagBytes"
  from pg_stat_replication
  order by pid`;

const replicaSchema = z.object({
  name: z.string().nullable(),
  state: z.string().nullable(),
  lagSeconds: z.number().nullable(),
  lagBytes: z.number().nullable(),
});
/** A server that follows this one. */
export type Replica = z.infer<typeof replicaSchema>;

/*
 * A standby that has replayed all it received lags behind by nothing, however
 * long ago the last transaction was: but only while it goes on receiving.
 */
const STANDBY_SQL = `
  select /* watchkeeper */
    exists (select from pg_stat_wal_receiver where status = 'streaming') as receiving,
    coalesce(pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn(), false) as "replayedAll",
    extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 as "lastReplaySeconds"`;

/** What is told of replication. */
export interface Replication {
  lagSeconds?: number;
  /** Those that follow this server, or how it follows its own primary. */
  services: DatabaseData['services'];
  replicas: number;
}

export async function readReplication(
  ask: Ask,
  server: { standby: boolean },
): Promise<Replication> {
  if (server.standby) {
    const [row] = await ask(
      STANDBY_SQL,
      z.object({
        receiving: z.boolean(),
        replayedAll: z.boolean(),
        lastReplaySeconds: z.number().nullable(),
      }),
    );
    const lag = row.receiving && row.replayedAll ? 0 : row.lastReplaySeconds;
    return {
      services: [receiverOf(row.receiving)],
      replicas: 0,
      ...(lag !== null && { lagSeconds: Math.max(0, lag) }),
    };
  }
  return replicationOf(await ask(PRIMARY_SQL, replicaSchema));
}

/** One that follows an archive alone receives nothing either, and may be well. */
function receiverOf(receiving: boolean): DatabaseData['services'][number] {
  return receiving
    ? { name: 'replication', state: 'healthy' }
    : {
        name: 'replication',
        state: 'unknown',
        detail: 'receives nothing from a primary at present',
      };
}

/** What a primary tells of those that follow it: the lag is that of the slowest. */
export function replicationOf(replicas: Replica[]): Replication {
  const lags = replicas.flatMap(replica => lagOf(replica) ?? []);
  return {
    replicas: replicas.length,
    services: replicas.slice(0, MAX_REPLICAS).map(replica => ({
      name: `replica ${plainText(replica.name ?? '', 60)}`.trim(),
      state: stateOf(replica.state),
      ...(replica.lagBytes !== null &&
        replica.lagBytes > 0 && {
          detail: `${bytesText(replica.lagBytes)} behind`,
        }),
    })),
    ...(lags.length > 0 && { lagSeconds: Math.max(...lags) }),
  };
}

/** The server forgets the lag of a replica that has nothing to replay. */
function lagOf({ lagSeconds, lagBytes }: Replica): number | undefined {
  if (lagSeconds !== null) return Math.max(0, lagSeconds);
  return lagBytes !== null && lagBytes <= 0 ? 0 : undefined;
}

function stateOf(
  state: string | null,
): DatabaseData['services'][number]['state'] {
  switch (state) {
    case 'streaming':
      return 'healthy';
    case 'startup':
    case 'catchup':
    case 'backup':
      return 'starting';
    case 'stopping':
      return 'unhealthy';
    default:
      return 'unknown';
  }
}
