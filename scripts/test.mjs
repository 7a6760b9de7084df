#!/usr/bin/env node
/*
 * `npm test`: everything that can be wrong with the code, on any machine with
 * Node and npm: types, unit and integration tests on SQLite and on a real
 * PostgreSQL, and browser tests where there is a Chromium.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildBundle, isBundleFresh } from './lib/bundle.mjs';
import { findChromium } from './lib/chromium.mjs';
import { install, isInstalled } from './lib/install.mjs';
import { nodeEnvironment, useSupportedNode } from './lib/node.mjs';
import { dataDir, fromRoot } from './lib/paths.mjs';
import { backstageCliCommand } from './lib/portal.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { Interrupted, Processes } from './lib/processes.mjs';
import { Progress } from './lib/progress.mjs';
import { Stages } from './lib/stages.mjs';
import { yarnEnvironment, yarnPath } from './lib/yarn.mjs';

const HELP = `Tests Watchkeeper.

  npm test                          everything
  npm test -- <path or option>…     unit and integration tests only; what follows
                                    goes to Jest, such as plugins/observability-common
  --no-browser                      leaves the browser tests out
  --require-browser                 a missing browser is a failure (so it is
                                    where CI is set); CHROMIUM_PATH names one
`;

const RESULTS = path.join(dataDir, 'test-results.json');
const BROWSER_RESULTS = fromRoot('test-results', 'results.json');

async function main() {
  const given = process.argv.slice(2);
  if (given.includes('--help') || given.includes('-h')) {
    process.stdout.write(HELP);
    return;
  }
  await useSupportedNode();

  const own = ['--no-browser', '--require-browser'];
  const options = {
    jestArguments: given.filter(argument => !own.includes(argument)),
    browser: !given.includes('--no-browser'),
    browserRequired:
      given.includes('--require-browser') || Boolean(process.env.CI),
  };

  const progress = new Progress();
  const processes = new Processes();
  const stages = new Stages(progress, processes);
  let postgres;
  for (const file of [RESULTS, BROWSER_RESULTS]) {
    rmSync(file, { force: true });
  }

  try {
    if (!isInstalled()) {
      await stages.run('Install packages', stage => install(stage, processes), {
        essential: true,
      });
    }
    const onlyJest = options.jestArguments.length > 0;
    if (!onlyJest) {
      await stages.run('Types', () => checkTypes(processes));
      await stages.run('Scripts', () => testScripts(processes));
    }
    await stages.run('PostgreSQL', async () => {
      postgres = await startPostgres();
    });
    await stages.run(
      'Unit and integration tests',
      () => runJest(processes, options.jestArguments, postgres),
      { loud: true },
    );
    if (!onlyJest && options.browser) {
      await runBrowserTests(stages, processes, progress, options);
    }
  } catch (error) {
    process.exitCode = 1;
    progress.print(error instanceof Interrupted ? '' : error.message);
  } finally {
    await processes.stopAll();
    await postgres?.stop();
  }

  if (stages.failed.length > 0) {
    process.exitCode = 1;
    progress.print(`\nFailed: ${stages.failed.join(', ')}`);
  }
  printTotals(progress);
  process.exit();
}

async function checkTypes(processes) {
  await processes.run({
    name: 'types',
    command: process.execPath,
    args: [yarnPath(), 'tsc'],
    env: yarnEnvironment(),
  });
}

/** Those of this folder; Node's own runner will do. */
async function testScripts(processes) {
  await processes.run({
    name: 'scripts',
    command: process.execPath,
    args: [
      '--test',
      ...readdirSync(fromRoot('scripts', 'lib'))
        .filter(file => file.endsWith('.test.mjs'))
        .map(file => fromRoot('scripts', 'lib', file)),
    ],
    env: nodeEnvironment(),
  });
}

async function runJest(processes, jestArguments, postgres) {
  mkdirSync(dataDir, { recursive: true });
  await processes.run({
    name: 'Jest',
    inherit: true,
    ...backstageCliCommand([
      'repo',
      'test',
      '--watchAll=false',
      '--json',
      // Suites share the machine; a slow one is no failure.
      '--testTimeout=60000',
      `--outputFile=${RESULTS}`,
      ...jestArguments,
    ]),
    env: {
      ...nodeEnvironment(),
      // Other engines would be asked for through Docker.
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      ...(postgres && {
        BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
          postgres.connectionString,
      }),
    },
  });
}

async function runBrowserTests(stages, processes, progress, options) {
  const chromium = findChromium();
  if (!chromium) {
    const missing =
      'No Chromium was found: install one, or name it with CHROMIUM_PATH';
    if (options.browserRequired) {
      await stages.run('Browser tests', () =>
        Promise.reject(new Error(missing)),
      );
    } else {
      progress.stage('Browser tests').skip(`left out. ${missing}`);
    }
    return;
  }
  const built =
    isBundleFresh() ||
    (await stages.run('Bundle of the front end', () => buildBundle(processes)));
  if (!built) {
    return;
  }
  await stages.run(
    'Browser tests',
    () =>
      processes.run({
        name: 'Playwright',
        inherit: true,
        command: process.execPath,
        args: [yarnPath(), 'test:e2e'],
        env: { ...yarnEnvironment(), CHROMIUM_PATH: chromium },
      }),
    { loud: true },
  );
}

/** Counted from what Jest and Playwright wrote down, and only from that. */
function printTotals(progress) {
  let passed = 0;
  let failed = 0;
  const jest = readJson(RESULTS);
  const browser = readJson(BROWSER_RESULTS)?.stats;
  if (!jest) {
    return;
  }
  passed += jest.numPassedTests;
  failed += jest.numFailedTests + jest.numRuntimeErrorTestSuites;
  if (browser) {
    passed += browser.expected + browser.flaky;
    failed += browser.unexpected;
  }
  progress.print(`\n${passed} passed, ${failed} failed`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
