import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Processes } from './processes.mjs';

const logsDir = mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-logs-'));
after(() => rmSync(logsDir, { recursive: true, force: true }));

/** A program that starts another one, which holds out against SIGTERM. */
const PARENT = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', \`
    process.on('SIGTERM', () => setTimeout(() => process.exit(), 200));
    process.stdout.write('child ' + process.pid + '\\\\n');
    setInterval(() => {}, 1000);
  \`], { stdio: 'inherit' });
  setInterval(() => {}, 1000);
`;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function startNode(processes, program, options) {
  return processes.start({
    name: 'program',
    command: process.execPath,
    args: ['-e', program],
    env: process.env,
    ...options,
  });
}

test('stops what a program started in turn, and waits until it is gone', async () => {
  const processes = new Processes({ logsDir });
  const { promise: grandchild, resolve } = Promise.withResolvers();
  const running = startNode(processes, PARENT, {
    onLine: line => resolve(Number(line.split(' ')[1])),
  });
  const pid = await grandchild;
  assert.equal(isAlive(pid), true);

  await processes.stopAll();

  assert.equal(isAlive(pid), false);
  assert.equal(isAlive(running.child.pid), false);
  assert.equal(processes.isRunning, false);
});

test('tells how a program failed, with the end of its log', async () => {
  const processes = new Processes({ logsDir });
  const { failed } = startNode(
    processes,
    `console.log('noise: a warning'); console.error('the reason'); process.exitCode = 3;`,
  );

  await assert.rejects(failed, error => {
    assert.match(error.message, /^program ended with code 3\./);
    assert.match(error.message, /the reason/);
    return true;
  });
  assert.match(
    readFileSync(path.join(logsDir, 'program.log'), 'utf8'),
    /noise: a warning\nthe reason/,
  );
});

test('leaves out of a failure what explains nothing', async () => {
  const processes = new Processes({ logsDir });

  await assert.rejects(
    processes.run({
      name: 'program',
      command: process.execPath,
      args: ['-e', `console.log('noise'); console.log('why'); process.exit(1)`],
      env: process.env,
      noise: /noise/,
    }),
    error => {
      assert.match(error.message, /why/);
      assert.doesNotMatch(error.message, /noise/);
      return true;
    },
  );
});

test('says that a program is not there', async () => {
  const processes = new Processes({ logsDir });
  const { failed } = processes.start({
    name: 'nothing',
    command: path.join(logsDir, 'no-such-program'),
    args: [],
    env: process.env,
  });

  await assert.rejects(failed, /nothing could not start: .*ENOENT/);
});

test('takes no stop for a failure', async () => {
  const processes = new Processes({ logsDir });
  const running = startNode(processes, 'setInterval(() => {}, 1000)');
  await once(running.child, 'spawn');
  let failure;
  running.failed.catch(error => {
    failure = error;
  });

  await running.stop();
  await running.exited;

  assert.equal(failure, undefined);
});
