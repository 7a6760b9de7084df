#!/usr/bin/env node
/*
 * What `.ci/run` runs: all stages, also after a failure, and at the end the
 * list of those that failed.
 */
import { install, isInstalled } from './lib/install.mjs';
import { nodeEnvironment, useSupportedNode } from './lib/node.mjs';
import { fromRoot } from './lib/paths.mjs';
import { Interrupted, Processes } from './lib/processes.mjs';
import { Progress } from './lib/progress.mjs';
import { Stages } from './lib/stages.mjs';
import { yarnEnvironment, yarnPath } from './lib/yarn.mjs';

/** So that every configuration file can be checked in full. */
const EVERY_VARIABLE = {
  POSTGRES_HOST: 'localhost',
  POSTGRES_USER: 'postgres',
  POSTGRES_PASSWORD: 'postgres',
  PAGERDUTY_TOKEN: 'token',
  PAGERDUTY_WEBHOOK_SECRET: 'secret',
  SENTRY_ORG: 'visioncrm',
  SENTRY_AUTH_TOKEN: 'token',
  SENTRY_WEBHOOK_SECRET: 'secret',
  SUPABASE_ACCESS_TOKEN: 'token',
  SUPABASE_PROJECT_REF: 'abcdefghijklmnopqrst',
  SUPABASE_SECRET_KEY: 'key',
  UPTIMEROBOT_API_KEY: 'key',
  UPTIMEROBOT_WEBHOOK_SECRET: 'secret',
};

await useSupportedNode();
const progress = new Progress();
const processes = new Processes();
const stages = new Stages(progress, processes);

try {
  if (!isInstalled()) {
    await stages.run('Install packages', stage => install(stage, processes), {
      essential: true,
    });
  }
  await stages.run('Lockfile', () => yarn('install', '--immutable'));
  await stages.run('npm test', () => script('test.mjs', '--require-browser'), {
    loud: true,
  });
  await stages.run('Lint', () => yarn('lint:all'));
  await stages.run('Prettier', () => yarn('prettier:check'));
  await stages.run('API reports', async () => {
    // From the entry points alone: in which order a union is written down
    // depends on every file that the compiler has seen before.
    await yarn('build:api-types');
    await yarn('build:api-reports:only', '--ci');
  });
  await stages.run('Unused code and packages', () => yarn('knip'));
  for (const file of [undefined, 'accounts', 'postgres', 'production']) {
    await stages.run(`Configuration, ${file ?? 'demo'}`, () =>
      checkConfiguration(file),
    );
  }
  await stages.run('Production build', () => script('production.mjs'), {
    loud: true,
  });
  progress.print(stages.failed.length > 0 ? '' : '\nAll stages passed.');
} catch (error) {
  process.exitCode = 1;
  progress.print(
    error instanceof Interrupted ? '\nInterrupted.' : error.message,
  );
} finally {
  await processes.stopAll();
}

if (stages.failed.length > 0) {
  process.exitCode = 1;
  progress.print(`Failed: ${stages.failed.join(', ')}`);
}
process.exit();

function checkConfiguration(file) {
  return yarn(
    'backstage-cli',
    'config:check',
    '--strict',
    '--config',
    'app-config.yaml',
    ...(file ? ['--config', `app-config.${file}.yaml`] : []),
  );
}

function yarn(...args) {
  return processes.run({
    name: args.join('-'),
    command: process.execPath,
    args: [yarnPath(), ...args],
    env: { ...yarnEnvironment(), ...EVERY_VARIABLE },
    noise: /YN0002|YN0060|YN0086/,
  });
}

function script(name, ...args) {
  return processes.run({
    name,
    inherit: true,
    command: process.execPath,
    args: [fromRoot('scripts', name), ...args],
    env: nodeEnvironment(),
  });
}
