import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';

/** The releases of Node that Backstage runs on. */
const SUPPORTED = [22, 24];
/** The one that is fetched where none of them is at hand. */
const FETCHED = 24;
const GUARD = 'WATCHKEEPER_NODE_FETCHED';

/**
 * Goes on under a release of Node that Backstage supports: this one, or one
 * that npm fetches once and keeps in its own cache. With the latter, the script
 * is started anew under it, and this call never returns.
 */
export async function useSupportedNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (SUPPORTED.includes(major)) {
    return;
  }
  if (process.env[GUARD]) {
    throw new Error(
      `Expected to run under Node ${FETCHED} now, but this is ${process.version}`,
    );
  }
  process.stdout.write(
    `Node ${process.version} is at hand; Backstage needs ${SUPPORTED.join(
      ' or ',
    )}. Using Node ${FETCHED} from npm.\n`,
  );
  const node = fetchNode();
  process.exit(await runAnew(node));
}

/** npx is only asked where the binary is: less stands between us and signals. */
function fetchNode() {
  try {
    return execFileSync(
      'npx',
      ['-y', '-p', `node@${FETCHED}`, '-c', 'node -p process.execPath'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
        // The npm of a script passes its settings on by environment; those of
        // a workspace or a prefix would change where npx looks.
        env: withoutNpmSettings(process.env),
      },
    ).trim();
  } catch (error) {
    throw new Error(
      `npm could not fetch Node ${FETCHED}. Install Node ${SUPPORTED.join(
        ' or ',
      )} yourself, or check npm's registry and proxy settings.\n\n${
        error.stderr ?? error.message
      }`,
    );
  }
}

/** @param {NodeJS.ProcessEnv} environment */
function withoutNpmSettings(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|config_(prefix|local_prefix|global_prefix))/i.test(
          name,
        ),
    ),
  );
}

/** @param {string} node */
function runAnew(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [GUARD]: '1' },
  });
  // A terminal's Ctrl-C reaches the child by itself; a signal to us alone does
  // not. Either way it is the child who decides when all is over.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** The environment of everything that we start: this Node is the first found. */
export function nodeEnvironment() {
  const own = path.dirname(process.execPath);
  const variable =
    Object.keys(process.env).find(name => name.toUpperCase() === 'PATH') ??
    'PATH';
  return {
    ...process.env,
    [variable]: [own, process.env[variable]]
      .filter(Boolean)
      .join(path.delimiter),
  };
}
