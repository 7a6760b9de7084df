#!/usr/bin/env node
/*
 * `node scripts/postgres.mjs`: a real, empty PostgreSQL until Ctrl-C, for tests
 * that are run one by one. `npm test` brings its own.
 */
import { useSupportedNode } from './lib/node.mjs';
import { startPostgres } from './lib/postgres.mjs';

await useSupportedNode();
const postgres = await startPostgres();
process.stdout.write(`PostgreSQL is ready; Ctrl-C stops it and drops its data.

  export BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING=${postgres.connectionString}
`);
const alive = setInterval(() => {}, 60_000);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    clearInterval(alive);
    await postgres.stop();
  });
}
