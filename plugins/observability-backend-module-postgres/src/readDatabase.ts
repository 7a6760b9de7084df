import {
  CollectTarget,
  ProviderError,
} from '@watchkeeper/backstage-plugin-observability-node';
import { adviseOnSlowest } from './advice/adviseOnSlowest';
import { limitationOf, problemOf } from './connection/limitations';
import { Ask, Session } from './connection/Session';
import { readActivity } from './parts/activity';
import { readArchiving } from './parts/backups';
import {
  readIdleIndexes,
  readUnindexedForeignKeys,
  unusedIndexes,
} from './parts/indexes';
import { blockingAdvisories, readBlockingSessions } from './parts/locks';
import { readReplication } from './parts/replication';
import { readServer, Server } from './parts/server';
import { readStatements } from './parts/statements';
import { cacheHitBetween, readBlocks, readSize } from './parts/storage';
import { readVacuum, wraparoundAdvisories } from './parts/vacuum';
import { DatabaseReading, ReadingBuilder } from './ReadingBuilder';
import {
  currentStatements,
  slowestMeasurement,
  slowStatements,
  toSlowQuery,
} from './slowQueries';
import { DatabaseState, readState } from './state';

/** Indexes change slowly, and looking at them is the dearest part. */
const INDEXES_AGE_SECONDS = 15 * 60;

/** What each part is read with. */
interface Context {
  session: Session;
  ask: Ask;
  server: Server;
  reading: ReadingBuilder;
  /** Changed as the parts are read. */
  state: DatabaseState;
  nowSeconds: number;
  /** Somebody asked for it now. */
  requested: boolean;
}

/** Reads one database, part by part. */
export async function readDatabase(
  session: Session,
  options: { target: CollectTarget; now: Date },
): Promise<{ reading: DatabaseReading; state: DatabaseState }> {
  const { target, now } = options;
  const server = await readServerOrFail(session.ask, target.key);
  const context: Context = {
    session,
    ask: session.ask,
    server,
    reading: new ReadingBuilder(target.key, server, now),
    state: readState(target.state),
    nowSeconds: Math.floor(now.getTime() / 1000),
    requested: target.requested,
  };
  await readConnections(context);
  await readStorage(context);
  const replicas = await readReplicas(context);
  await readBackups(context);
  await readVacuumAndLocks(context);
  await readIndexes(context, {
    // What others read of the same indexes is not seen here.
    onlyReader: !server.standby && replicas === 0,
  });
  await readSlowQueries(context);
  return { reading: context.reading.finish(), state: context.state };
}

/** Without knowing what server it is, nothing else can be understood. */
async function readServerOrFail(ask: Ask, name: string): Promise<Server> {
  try {
    return await readServer(ask);
  } catch (error) {
    const limitation = limitationOf(error, {
      area: 'services',
      what: 'The version',
    });
    throw (
      problemOf(name, limitation) ??
      new ProviderError({
        code: 'malformed',
        message: `PostgreSQL database "${name}" is no PostgreSQL of version 12 or newer. ${limitation.message}`,
      })
    );
  }
}

async function readConnections(context: Context): Promise<void> {
  const { ask, reading, server } = context;
  const part = { area: 'activity' as const, measured: true };
  await reading.part(
    { ...part, what: 'Connections and activity' },
    async () => {
      const { used, activity } = await readActivity(ask);
      const max = server.maxConnections;
      const fraction = Math.min(1, used / max);
      reading.data.connections = { used, max };
      for (const [metric, value] of [
        ['database.connections', fraction],
        ['database.connectionCount', used],
      ] as const) {
        reading.measure({ metric, value });
        reading.sample(metric, value);
      }
      if (server.readsAll) {
        reading.data.activity = activity;
      } else {
        // Connections are counted all the same, and nothing else is measured.
        reading.lacks(
          { area: 'activity' },
          {
            code: 'not-permitted',
            message:
              'What the sessions do is not known: the role may not see it. Grant pg_monitor to it.',
          },
        );
      }
    },
  );
}

async function readStorage(context: Context): Promise<void> {
  const { ask, reading, state } = context;
  await reading.part({ area: 'metrics', what: 'The size' }, async () => {
    const sizeBytes = await readSize(ask);
    reading.data.sizeBytes = sizeBytes;
    reading.sample('database.sizeBytes', sizeBytes);
  });
  await reading.part({ area: 'metrics', what: 'Cache hits' }, async () => {
    const blocks = await readBlocks(ask);
    const cacheHit = cacheHitBetween(state.blocks, blocks);
    state.blocks = blocks;
    if (cacheHit === 'pending') {
      reading.lacks(
        { area: 'metrics' },
        {
          code: 'pending',
          message: 'Cache hits are known from the next reading on.',
        },
      );
    } else if (cacheHit !== undefined) {
      reading.data.cacheHit = cacheHit;
      reading.sample('database.cacheHit', cacheHit);
    }
  });
}

/** Returns how many servers follow this one. */
async function readReplicas(context: Context): Promise<number> {
  const { ask, reading, server } = context;
  let replicas = 0;
  await reading.part({ area: 'replication', what: 'Replication' }, async () => {
    const replication = await readReplication(ask, server);
    replicas = replication.replicas;
    reading.data.services.push(...replication.services);
    if (replication.lagSeconds !== undefined) {
      reading.data.replicationLagSeconds = replication.lagSeconds;
      reading.sample('database.replicationLagSeconds', replication.lagSeconds);
    }
    if (!server.readsAll && (replicas > 0 || server.standby)) {
      reading.lacks(
        { area: 'replication' },
        {
          code: 'not-permitted',
          message:
            'Not all of replication is known: the role may not see it. Grant pg_monitor to it.',
        },
      );
    }
  });
  return replicas;
}

async function readBackups(context: Context): Promise<void> {
  const { ask, reading, server } = context;
  await reading.part(
    { area: 'backups', what: 'The archiving of the log', measured: true },
    async () => {
      const item = await readArchiving(ask, server);
      if (!item) return;
      reading.data.backups = { items: [item] };
      if (item.passed !== null) {
        reading.measure({
          metric: 'database.backup',
          value: item.passed ? 'passed' : 'failed',
        });
      }
    },
  );
}

async function readVacuumAndLocks(context: Context): Promise<void> {
  const { ask, reading } = context;
  await reading.part({ area: 'activity', what: 'Vacuuming' }, async () => {
    const vacuum = await readVacuum(ask);
    reading.data.vacuum = vacuum;
    reading.data.advisories.push(...wraparoundAdvisories(vacuum.wraparound));
  });
  await reading.part({ area: 'activity', what: 'Locks' }, async () => {
    const sessions = await readBlockingSessions(ask);
    reading.data.advisories.push(...blockingAdvisories(sessions));
  });
}

async function readIndexes(
  context: Context,
  { onlyReader }: { onlyReader: boolean },
): Promise<void> {
  const { ask, reading, state, nowSeconds } = context;
  const before = state.indexes;
  if (
    before &&
    nowSeconds - before.at < INDEXES_AGE_SECONDS &&
    !context.requested
  ) {
    reading.data.advisories.push(...before.advisories);
  } else {
    await reading.part({ area: 'advisories', what: 'Indexes' }, async () => {
      const idle = await readIdleIndexes(ask);
      const unused = unusedIndexes(idle, before?.seen ?? {}, nowSeconds);
      const advisories = [
        ...(await readUnindexedForeignKeys(ask)),
        ...(onlyReader ? unused.advisories : []),
      ];
      state.indexes = { at: nowSeconds, seen: unused.seen, advisories };
      reading.data.advisories.push(...advisories);
    });
  }
  if (!onlyReader) {
    reading.lacks(
      { area: 'advisories' },
      {
        code: 'not-supported',
        message:
          'Unused indexes are not told: several servers hold them, and each counts only what it reads itself.',
      },
    );
  }
}

async function readSlowQueries(context: Context): Promise<void> {
  const { ask, reading, server, session, state, nowSeconds } = context;
  const part = {
    area: 'slow-queries' as const,
    what: 'Slow queries',
    measured: true,
  };
  await reading.part(part, async () => {
    const found = await readStatements(ask);
    if (!Array.isArray(found)) {
      reading.lacks(part, found);
      return;
    }
    if (!server.readsAll) {
      reading.lacks(part, {
        code: 'not-permitted',
        message:
          'The statements of other roles are not known: the role may not see them. Grant pg_monitor to it.',
      });
    }
    const current = currentStatements(found, state.statements, nowSeconds);
    state.statements = current.seen;
    reading.measure(slowestMeasurement(current.statements));
    const slow = slowStatements(current.statements);
    state.advice = await adviseOnSlowest(session, {
      statements: slow,
      server,
      known: state.advice,
      nowSeconds,
    });
    reading.data.slowQueries = slow.map(statement =>
      toSlowQuery(statement, state.advice[statement.id]?.text),
    );
  });
}
