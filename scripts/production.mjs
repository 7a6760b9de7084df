#!/usr/bin/env node
/*
 * Builds the portal for production and starts what was built, without Docker:
 * the steps of packages/backend/Dockerfile, in a temporary folder, with a real
 * PostgreSQL. Then it looks whether the portal answers, serves its front end,
 * lets nobody in without a token, and refuses the demo's person picker.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { install, isInstalled } from './lib/install.mjs';
import { nodeEnvironment, useSupportedNode } from './lib/node.mjs';
import { fromRoot } from './lib/paths.mjs';
import { findFreePort } from './lib/ports.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { Interrupted, Processes } from './lib/processes.mjs';
import { Progress } from './lib/progress.mjs';
import { Stages } from './lib/stages.mjs';
import { waitForHttp } from './lib/wait.mjs';
import { yarnEnvironment, yarnPath } from './lib/yarn.mjs';

const READY_WITHIN_MS = 120_000;
const essential = { essential: true };

await useSupportedNode();
const progress = new Progress();
const processes = new Processes();
const stages = new Stages(progress, processes);
const image = mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-production-'));
let postgres;

try {
  if (!isInstalled()) {
    await stages.run(
      'Install packages',
      stage => install(stage, processes),
      essential,
    );
  }
  await stages.run(
    'Build back end and front end',
    () => yarn('build-backend', ['build:backend']),
    essential,
  );
  await stages.run('Unpack', unpack, essential);
  await stages.run(
    'Install for production',
    () =>
      yarn(
        'production-install',
        ['workspaces', 'focus', '--all', '--production'],
        {
          cwd: image,
          env: { NODE_ENV: 'production' },
        },
      ),
    essential,
  );
  await stages.run('Start', startAndLook, essential);
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof Interrupted)) {
    progress.print(error.message);
  }
} finally {
  await processes.stopAll();
  await postgres?.stop();
  rmSync(image, { recursive: true, force: true });
}
process.exit();

function yarn(name, args, options = {}) {
  return processes.run({
    name,
    command: process.execPath,
    args: [yarnPath(), ...args],
    cwd: options.cwd,
    env: { ...yarnEnvironment(), ...options.env },
    noise: /YN0002|YN0060|YN0086/,
  });
}

/** What the Dockerfile copies and unpacks, in its order. */
async function unpack() {
  const dist = fromRoot('packages', 'backend', 'dist');
  for (const file of [
    '.yarn/releases',
    '.yarnrc.yml',
    'backstage.json',
    'yarn.lock',
    'package.json',
    'examples',
    ...readdirSync(fromRoot()).filter(name =>
      /^app-config.*\.yaml$/.test(name),
    ),
  ]) {
    mkdirSync(path.dirname(path.join(image, file)), { recursive: true });
    cpSync(fromRoot(file), path.join(image, file), { recursive: true });
  }
  for (const archive of ['skeleton.tar.gz', 'bundle.tar.gz']) {
    await processes.run({
      name: archive,
      command: 'tar',
      args: ['xzf', path.join(dist, archive)],
      cwd: image,
      env: process.env,
    });
  }
}

async function startAndLook() {
  postgres = await startPostgres();
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const portal = processes.start({
    name: 'production',
    command: process.execPath,
    args: [
      '--require',
      './packages/backend/src/instrumentation.js',
      'packages/backend',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.production.yaml',
    ],
    cwd: image,
    env: {
      ...nodeEnvironment(),
      NODE_ENV: 'production',
      PORT: String(port),
      APP_BASE_URL: url,
      POSTGRES_HOST: postgres.host,
      POSTGRES_PORT: String(postgres.port),
      POSTGRES_USER: postgres.user,
      POSTGRES_PASSWORD: postgres.password,
      SENTRY_ORG: 'visioncrm',
      SENTRY_AUTH_TOKEN: 'not-a-token',
      // Nobody listens there: production must start without its vendors.
      SENTRY_URL: 'http://127.0.0.1:9',
    },
  });
  await Promise.race([
    waitForHttp(`${url}/.backstage/health/v1/readiness`, {
      timeoutMs: READY_WITHIN_MS,
      name: 'The production build',
    }),
    portal.failed,
  ]);

  const page = await fetch(url);
  const html = await page.text();
  expect(
    'the front end is served',
    page.ok && html.includes('<div id="root">'),
  );
  const bundle = html.match(/src="([^"]+\.js)"/)?.[1];
  expect(
    'its scripts are served',
    bundle && (await fetch(new URL(bundle, url))).ok,
  );
  for (const path of [
    '/api/catalog/entities/by-query',
    '/api/observability/v1/entities',
  ]) {
    const { status } = await fetch(`${url}${path}`);
    expect(`${path} asks who it is (401, was ${status})`, status === 401);
  }
  for (const init of [
    ['people'],
    ['refresh', { headers: { 'x-person-entity-ref': 'user:default/cto' } }],
  ]) {
    const [route, options] = init;
    const response = await fetch(
      `${url}/api/auth/person-picker/${route}`,
      options,
    );
    expect(
      `the person picker refuses ${route} (403, was ${response.status})`,
      response.status === 403 && !(await response.text()).includes('token":'),
    );
  }
}

function expect(what, holds) {
  if (!holds) {
    throw new Error(`The production build fails: ${what}`);
  }
}
