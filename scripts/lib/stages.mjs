import { Interrupted } from './processes.mjs';

/**
 * Runs stages one after the other, tells of each how long it took, and goes on
 * after a failure, so that one run tells all that is wrong.
 */
export class Stages {
  #progress;
  #processes;
  #failed = [];

  /**
   * @param {import('./progress.mjs').Progress} progress
   * @param {import('./processes.mjs').Processes} processes
   */
  constructor(progress, processes) {
    this.#progress = progress;
    this.#processes = processes;
  }

  /** The names of those that failed. */
  get failed() {
    return this.#failed;
  }

  /**
   * @param {string} name
   * @param {(stage: import('./progress.mjs').Stage) => Promise<void>} action
   * @param {{ essential?: boolean, loud?: boolean }} [options]
   *   essential: nothing can go on without it; loud: it writes for itself
   * @returns whether it went well
   */
  async run(name, action, options = {}) {
    const stage = this.#progress.stage(name);
    if (options.loud) {
      this.#progress.quiet();
    }
    try {
      await Promise.race([action(stage), this.#processes.interrupted]);
      stage.done();
      return true;
    } catch (error) {
      stage.fail();
      if (error instanceof Interrupted) {
        throw error;
      }
      this.#failed.push(name);
      this.#progress.print(options.loud ? '' : `\n${error.message}\n`);
      if (options.essential) {
        throw new Error(`Nothing goes on without: ${name}`);
      }
      return false;
    }
  }
}
