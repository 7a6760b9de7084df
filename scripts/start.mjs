#!/usr/bin/env node
/*
 * `npm start`: the demo portal, from a fresh clone, with nothing but Node and
 * npm on the machine.
 *
 * The front end is served by its development server: its bundler has the first
 * page ready in about ten seconds, while a production build takes half a
 * minute and would have to be repeated after every change; and it is what
 * `yarn start` does in every other Backstage repository. It starts beside the
 * back end, which takes as long, so nobody waits for it.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { useSupportedNode } from './lib/node.mjs';
import { dataDir, fromRoot, logsDir } from './lib/paths.mjs';
import { isPortFree } from './lib/ports.mjs';
import {
  portalEnvironment,
  STAND_IN_PORTS,
  startBackend,
  startFrontend,
  startStandIns,
} from './lib/portal.mjs';
import { Interrupted, Processes } from './lib/processes.mjs';
import { Progress } from './lib/progress.mjs';
import { install, isInstalled } from './lib/install.mjs';

const HELP = `Starts the demo portal of Watchkeeper.

  npm start                       the demo, with stand-ins for the vendors
  npm start -- --accounts         real accounts instead of the stand-ins;
                                  app-config.accounts.yaml names the variables
  npm start -- --config <file>    one more configuration file; may be repeated
                                  (app-config.postgres.yaml: on PostgreSQL)

  --port <number>                 of the portal, 3000      (WATCHKEEPER_PORT)
  --backend-port <number>         of the back end, 7007    (WATCHKEEPER_BACKEND_PORT)

Data is kept in .data; deleting it starts afresh. A second portal beside the
first needs ports and data of its own: WATCHKEEPER_DATA=<folder>.
`;

async function main() {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  await useSupportedNode();

  const progress = new Progress();
  const processes = new Processes();
  let stage;
  const begin = name => {
    stage = progress.stage(name);
    return stage;
  };

  try {
    await checkPorts(options.ports);
    if (!isInstalled()) {
      begin('Install packages');
      await install(stage, processes);
      stage.done();
      // Minutes may have passed, and somebody else's answer would pass for ours.
      await checkPorts(options.ports);
    }

    const { ports, configs } = options;
    const env = portalEnvironment({ ports });
    const parts = [
      [
        'Back end',
        startBackend(processes, { env, ports, configs, watch: true }),
      ],
      ['Front end', startFrontend(processes, { env, ports, configs })],
    ];
    if (options.standIns) {
      parts.unshift(['Stand-ins', startStandIns(processes, { env, ports })]);
    }
    await untilInterrupted(
      processes,
      Promise.all(
        parts.map(async ([name, part]) => {
          const own = progress.stage(name);
          await part.ready.catch(error => {
            own.fail();
            throw error;
          });
          own.done();
        }),
      ),
    );

    progress.print();
    progress.print(`  The portal is at http://localhost:${ports.app}`);
    progress.print();
    progress.print('  Ctrl-C stops it.');
    await untilInterrupted(
      processes,
      Promise.race(parts.map(([, part]) => part.failed)),
    );
  } catch (error) {
    stage?.fail();
    if (error instanceof Interrupted) {
      await stop(progress, processes);
      process.exitCode = 0;
    } else {
      progress.print();
      progress.print(error.message);
      process.exitCode = 1;
      await stop(progress, processes);
    }
  }
  process.exit();
}

function untilInterrupted(processes, promise) {
  return Promise.race([promise, processes.interrupted]);
}

async function stop(progress, processes) {
  if (!processes.isRunning) {
    return;
  }
  const stage = progress.stage('Stop');
  await processes.stopAll();
  stage.done();
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      accounts: { type: 'boolean' },
      config: { type: 'string', multiple: true },
      port: { type: 'string' },
      'backend-port': { type: 'string' },
    },
  });
  const configs = ['app-config.yaml'];
  if (values.accounts) {
    configs.push('app-config.accounts.yaml');
  }
  configs.push(...(values.config ?? []));
  if (existsSync(fromRoot('app-config.local.yaml'))) {
    configs.push('app-config.local.yaml');
  }
  const configPaths = configs.map(file => path.resolve(fromRoot(), file));
  const missing = configPaths.find(file => !existsSync(file));
  if (missing) {
    throw new Error(`There is no configuration file ${missing}`);
  }
  return {
    help: values.help,
    standIns: !values.accounts,
    configs: configPaths,
    ports: {
      app: readPort('WATCHKEEPER_PORT', values.port, 3000),
      backend: readPort(
        'WATCHKEEPER_BACKEND_PORT',
        values['backend-port'],
        7007,
      ),
      standIns: values.accounts
        ? {}
        : Object.fromEntries(
            Object.entries(STAND_IN_PORTS).map(([name, port]) => [
              name,
              readPort(name, undefined, port),
            ]),
          ),
    },
  };
}

function readPort(variable, argument, usual) {
  const text = argument ?? process.env[variable];
  if (!text) {
    return usual;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${variable} is not a port: '${text}'`);
  }
  return port;
}

async function checkPorts(ports) {
  const wanted = [
    ['the portal', 'WATCHKEEPER_PORT', ports.app],
    ['the back end', 'WATCHKEEPER_BACKEND_PORT', ports.backend],
    ...Object.entries(ports.standIns).map(([name, port]) => [
      'a stand-in',
      name,
      port,
    ]),
  ];
  const busy = [];
  for (const [what, variable, port] of wanted) {
    if (!(await isPortFree(port))) {
      busy.push({ what, variable, port });
    }
  }
  if (busy.length > 0) {
    const moved = busy
      .map(({ variable, port }) => `${variable}=${port + 100}`)
      .join(' ');
    throw new Error(
      `${busy
        .map(({ what, port }) => `Port ${port}, for ${what}, is taken.`)
        .join(
          '\n',
        )}\n\nAnother program listens there; the portal itself, if it is running already.\nStop it, or choose another port:\n\n  ${moved} npm start`,
    );
  }
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
