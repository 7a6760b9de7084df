import { DatabaseAdvisory } from '@watchkeeper/backstage-plugin-observability-common';
import { plainText } from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';
import { counted, spanText } from '../text';

/** Shorter waits are everyday life. */
const TOLD_AFTER_SECONDS = 10;
const TOLD_SESSIONS = 5;

/* Of a queue for a lock, the session at its head: the one that waits for nobody. */
const SQL = `
  with waiting as (
    select pid, pg_blocking_pids(pid) as blockers,
      extract(epoch from clock_timestamp() - query_start)::float8 as seconds
    from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()
  ), pair as (
    select distinct waiting.pid, seconds, blocker
    from waiting cross join unnest(blockers) as blocker
    where blocker <> all (select pid from waiting)
  )
  select /* watchkeeper */
    pair.blocker as pid,
    count(distinct pair.pid)::float8 as waiting,
    max(pair.seconds) as seconds,
    min(holder.state) as state,
    min(holder.application_name) as application,
    extract(epoch from clock_timestamp() - min(holder.xact_start))::float8 as "transactionSeconds"
  from pair left join pg_stat_activity as holder on holder.pid = pair.blocker
  group by pair.blocker
  order by waiting desc, pid`;

const blockingSchema = z.object({
  pid: z.number(),
  waiting: z.number(),
  seconds: z.number().nullable(),
  state: z.string().nullable(),
  application: z.string().nullable(),
  transactionSeconds: z.number().nullable(),
});
/** A session for which others wait. */
export type BlockingSession = z.infer<typeof blockingSchema>;

export async function readBlockingSessions(
  ask: Ask,
): Promise<BlockingSession[]> {
  return ask(SQL, blockingSchema);
}

/** What is told of sessions that have held others up for a while. */
export function blockingAdvisories(
  sessions: BlockingSession[],
): DatabaseAdvisory[] {
  return sessions
    .filter(({ seconds }) => (seconds ?? 0) >= TOLD_AFTER_SECONDS)
    .slice(0, TOLD_SESSIONS)
    .map(session => {
      const { pid, waiting, seconds, state, transactionSeconds } = session;
      const application = plainText(session.application ?? '', 60);
      return {
        name: 'blocking_session',
        level: 'warning',
        title: `A session holds a lock for which ${counted(waiting, 'other')} ${
          waiting === 1 ? 'waits' : 'wait'
        }, up to ${spanText(seconds ?? 0)}`,
        detail: [
          `Process ${pid}`,
          application && `of "${application}"`,
          state && `is ${state}`,
          transactionSeconds !== null &&
            `in a transaction of ${spanText(transactionSeconds)}`,
        ]
          .filter(Boolean)
          .join(' '),
        remediation: `If it does not end by itself: select pg_terminate_backend(${pid});`,
      };
    });
}
