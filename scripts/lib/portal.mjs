/*
 * The programs that make up the portal, and how to tell that each is ready.
 * `npm start` and the browser tests start the same ones.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { nodeEnvironment } from './node.mjs';
import { dataDir, fromRoot } from './paths.mjs';
import { waitForHttp } from './wait.mjs';

/** Cold disks and busy machines take their time; a hang does not end. */
const READY_WITHIN_MS = 180_000;

/**
 * @typedef {object} Ports
 * @property {number} app
 * @property {number} backend
 * @property {Record<string, number>} standIns by the name of the variable
 */

/** The stand-ins' ports by the variable that moves each, with their usual one. */
export const STAND_IN_PORTS = {
  STAND_INS_PORT_SENTRY: 7201,
  STAND_INS_PORT_UPTIMEROBOT: 7202,
  STAND_INS_PORT_SUPABASE: 7203,
  STAND_INS_PORT_PAGERDUTY: 7204,
  STAND_INS_PORT_SITE: 7205,
};

/**
 * What all of them read their ports and the place of their data from: the
 * configuration files take these variables in.
 *
 * @param {{ ports: Ports, data?: string }} options
 */
export function portalEnvironment({ ports, data = dataDir }) {
  return {
    ...nodeEnvironment(),
    WATCHKEEPER_PORT: String(ports.app),
    WATCHKEEPER_BACKEND_PORT: String(ports.backend),
    WATCHKEEPER_DATA: data,
    ...Object.fromEntries(
      Object.entries(ports.standIns).map(([name, port]) => [
        name,
        String(port),
      ]),
    ),
  };
}

/**
 * @param {import('./processes.mjs').Processes} processes
 * @param {{ env: NodeJS.ProcessEnv, ports: Ports }} options
 */
export function startStandIns(processes, { env, ports }) {
  const folder = fromRoot('packages', 'stand-ins');
  const running = processes.start({
    name: 'stand-ins',
    command: process.execPath,
    args: [
      resolveFrom(folder, 'jiti/package.json', 'lib/jiti-cli.mjs'),
      'src/main.ts',
    ],
    cwd: folder,
    env,
  });
  return {
    ...running,
    ready: untilReady(
      running,
      Promise.all(
        Object.values(ports.standIns).map(port =>
          waitForHttp(`http://127.0.0.1:${port}/__control/clock`, {
            timeoutMs: READY_WITHIN_MS,
            name: 'A stand-in',
          }),
        ),
      ),
    ),
  };
}

/**
 * The back end from its sources. The health route is asked, because the port
 * opens long before the plugins answer.
 *
 * @param {import('./processes.mjs').Processes} processes
 * @param {{ env: NodeJS.ProcessEnv, ports: Ports, configs: string[], watch: boolean }} options
 */
export function startBackend(processes, { env, ports, configs, watch }) {
  const folder = fromRoot('packages', 'backend');
  const running = processes.start({
    name: 'backend',
    command: process.execPath,
    args: [
      ...(watch
        ? [
            backstageCli(),
            'package',
            'start',
            '--require',
            './src/instrumentation.js',
          ]
        : [
            '--enable-source-maps',
            '--require',
            nodeTransform(),
            '--require',
            './src/instrumentation.js',
            'src/index',
          ]),
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: folder,
    env: { NODE_ENV: 'development', ...env },
  });
  return {
    ...running,
    ready: untilReady(
      running,
      waitForHttp(
        `http://localhost:${ports.backend}/.backstage/health/v1/readiness`,
        { timeoutMs: READY_WITHIN_MS, name: 'The back end' },
      ),
    ),
  };
}

/**
 * The front end through its development server, which answers the first
 * request once the first compilation is done.
 *
 * @param {import('./processes.mjs').Processes} processes
 * @param {{ env: NodeJS.ProcessEnv, ports: Ports, configs: string[] }} options
 */
export function startFrontend(processes, { env, ports, configs }) {
  const running = processes.start({
    name: 'frontend',
    command: process.execPath,
    args: [
      backstageCli(),
      'package',
      'start',
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: fromRoot('packages', 'app'),
    // The address is printed once all is ready; no browser opens before.
    env: { ...env, BROWSER: 'none' },
  });
  return {
    ...running,
    ready: untilReady(
      running,
      waitForHttp(`http://localhost:${ports.app}/`, {
        timeoutMs: READY_WITHIN_MS,
        name: 'The front end',
      }),
    ),
  };
}

/** @param {string[]} args arguments of backstage-cli */
export function backstageCliCommand(args) {
  return { command: process.execPath, args: [backstageCli(), ...args] };
}

/** Its death is the better reason than that it never got ready. */
function untilReady(running, ready) {
  const settled = Promise.race([ready, running.failed]);
  settled.catch(() => {});
  return settled;
}

function backstageCli() {
  return resolveFrom(
    fromRoot(),
    '@backstage/cli/package.json',
    'bin/backstage-cli',
  );
}

function nodeTransform() {
  const cli = path.dirname(backstageCli());
  return createRequire(path.join(cli, 'index.js')).resolve(
    '@backstage/cli-node/config/nodeTransform.cjs',
  );
}

function resolveFrom(folder, manifest, file) {
  return path.join(
    path.dirname(
      createRequire(path.join(folder, 'index.js')).resolve(manifest),
    ),
    file,
  );
}
