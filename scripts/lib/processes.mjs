import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logsDir, rootDir } from './paths.mjs';

const POSIX = process.platform !== 'win32';
const GRACE_MS = 10_000;
const TAIL_LINES = 30;

/** Somebody pressed Ctrl-C, or asked us to stop in another way. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`Stopped by ${signal}`);
    this.name = 'Interrupted';
    this.signal = signal;
  }
}

/** A program that we started failed; the message tells the end of its log. */
export class ProcessFailed extends Error {
  constructor(name, how, logFile, noise) {
    const tail = logFile ? tailOf(logFile, noise) : '';
    super(
      `${name} ${how}.${
        tail
          ? `\n\n${tail}\n\nAll of it: ${path.relative(process.cwd(), logFile)}`
          : ''
      }`,
    );
    this.name = 'ProcessFailed';
  }
}

/**
 * All programs of one run. Each is the head of a process group of its own, so
 * that stopping it stops what it started in turn, and a Ctrl-C in the terminal
 * reaches us alone: we stop the others, in order, and leave none behind.
 *
 * @typedef {object} ProcessOptions
 * @property {string} name also the name of its log
 * @property {string} command
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} [inherit] writes to our own output instead of a log
 * @property {(line: string) => void} [onLine]
 * @property {RegExp} [noise] lines of the log that explain no failure
 */
export class Processes {
  #running = new Set();
  #logsDir;
  #stopping = false;
  #interrupt = Promise.withResolvers();

  constructor(options = {}) {
    this.#logsDir = options.logsDir ?? logsDir;
    this.#interrupt.promise.catch(() => {});
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        this.#interrupt.reject(new Interrupted(signal));
      });
    }
    // The last resort, for an error in our own code.
    process.on('exit', () => {
      for (const { child } of this.#running) {
        signalGroup(child, 'SIGKILL');
      }
    });
  }

  /** Whether anything is there to be stopped. */
  get isRunning() {
    return this.#running.size > 0;
  }

  /** Rejects when somebody asks us to stop. */
  get interrupted() {
    return this.#interrupt.promise;
  }

  /**
   * Starts a program that goes on until it is stopped.
   *
   * @param {ProcessOptions} options
   */
  start(options) {
    const { name, command, args, cwd = rootDir, env, inherit } = options;
    const log = inherit ? undefined : this.#openLog(name);
    const child = spawn(command, args, {
      cwd,
      env,
      detached: POSIX,
      windowsHide: true,
      // The input stays closed: the back end's runner restarts on any key.
      stdio: inherit
        ? ['ignore', 'inherit', 'inherit']
        : ['ignore', 'pipe', 'pipe'],
    });
    const entry = { child, name };
    this.#running.add(entry);
    for (const stream of [child.stdout, child.stderr]) {
      readLines(stream, log, options.onLine);
    }

    const exited = new Promise((resolve, reject) => {
      child.once('error', error => {
        this.#running.delete(entry);
        reject(new ProcessFailed(name, `could not start: ${error.message}`));
      });
      child.once('close', (code, signal) => {
        this.#running.delete(entry);
        if (log) {
          closeSync(log.descriptor);
        }
        resolve({ code, signal });
      });
    });
    exited.catch(() => {});

    return {
      child,
      logFile: log?.file,
      exited,
      /** Rejects as soon as the program ends without having been asked to. */
      failed: exited.then(({ code, signal }) => {
        if (this.#stopping || entry.stopped) {
          return new Promise(() => {});
        }
        throw new ProcessFailed(
          name,
          howItEnded(code, signal),
          log?.file,
          options.noise,
        );
      }),
      stop: async () => {
        entry.stopped = true;
        await endGroup(child, exited);
      },
    };
  }

  /**
   * Runs a program to its end.
   *
   * @param {ProcessOptions} options
   */
  async run(options) {
    const running = this.start(options);
    running.failed.catch(() => {});
    const { code, signal } = await Promise.race([
      running.exited,
      this.interrupted,
    ]);
    if (code !== 0) {
      throw new ProcessFailed(
        options.name,
        howItEnded(code, signal),
        running.logFile,
        options.noise,
      );
    }
  }

  /** Stops everything, and answers when nothing of it is left. */
  async stopAll() {
    this.#stopping = true;
    await Promise.all(
      [...this.#running].map(({ child }) =>
        endGroup(
          child,
          new Promise(resolve => {
            child.once('close', resolve);
          }),
        ),
      ),
    );
  }

  #openLog(name) {
    mkdirSync(this.#logsDir, { recursive: true });
    const file = path.join(this.#logsDir, `${name.replace(/\W+/g, '-')}.log`);
    return { file, descriptor: openSync(file, 'w') };
  }
}

function readLines(stream, log, onLine) {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', chunk => {
    if (log) {
      writeSync(log.descriptor, chunk);
    }
    if (onLine) {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(line => onLine(line));
    }
  });
}

/** Asks a group to end, insists after a while, and waits until it is empty. */
async function endGroup(child, closed) {
  if (child.pid === undefined) {
    return;
  }
  signalGroup(child, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  const headGone = Promise.race([
    closed,
    sleep(GRACE_MS, undefined, { ref: false }),
  ]);
  await headGone;
  while (isGroupAlive(child)) {
    if (Date.now() > deadline) {
      signalGroup(child, 'SIGKILL');
      await sleep(50);
      return;
    }
    await sleep(50);
  }
}

function signalGroup(child, signal) {
  try {
    if (POSIX) {
      process.kill(-child.pid, signal);
    } else {
      execFileSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], {
        stdio: 'ignore',
      });
    }
  } catch {
    // It is gone already.
  }
}

function isGroupAlive(child) {
  try {
    process.kill(POSIX ? -child.pid : child.pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function howItEnded(code, signal) {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

function tailOf(file, noise) {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split(/\r?\n/)
      .filter(line => !noise?.test(line))
      .slice(-TAIL_LINES)
      .map(line => `  ${line}`)
      .join('\n');
  } catch {
    return '';
  }
}
