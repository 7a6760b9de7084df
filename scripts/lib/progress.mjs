/*
 * Tells what is going on, one line a stage: on a terminal the stages that are
 * running share a line at the bottom that counts their seconds; elsewhere (a
 * log of CI) each stage says when it starts and how it ended.
 */
const TICK_MS = 250;
const ERASE_LINE = '\r\u001b[2K';

/**
 * @typedef {object} Stage
 * @property {(text: string) => void} note what it is at
 * @property {(detail?: string) => void} done
 * @property {(detail?: string) => void} fail
 * @property {(detail: string) => void} skip
 */

export class Progress {
  #out;
  #live;
  #running = new Set();
  #timer;

  /** @param {NodeJS.WriteStream} out */
  constructor(out = process.stdout) {
    this.#out = out;
    this.#live = Boolean(out.isTTY);
  }

  /**
   * @param {string} name
   * @returns {Stage}
   */
  stage(name) {
    const running = { name, startedAt: Date.now(), note: '' };
    this.#running.add(running);
    if (this.#live) {
      this.#timer ??= setInterval(() => this.#draw(), TICK_MS);
      this.#timer.unref();
      this.#draw();
    } else {
      this.#out.write(`… ${name}\n`);
    }

    const end = (mark, detail) => {
      if (!this.#running.delete(running)) {
        return;
      }
      const seconds = elapsed(running);
      this.print(
        `${mark} ${name.padEnd(28)} ${seconds.padStart(6)}${
          detail ? `  ${detail}` : ''
        }`,
      );
    };
    return {
      note: text => {
        running.note = text;
      },
      done: detail => end('✓', detail),
      fail: detail => end('✗', detail),
      skip: detail => end('–', detail),
    };
  }

  /** Writes a line of its own, above the stages that are running. */
  print(line = '') {
    this.#out.write(`${this.#live ? ERASE_LINE : ''}${line}\n`);
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (this.#live) {
      this.#draw();
    }
  }

  /** Leaves the terminal to somebody else's output until the next stage ends. */
  quiet() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#live) {
      this.#out.write(ERASE_LINE);
    }
  }

  #draw() {
    const stages = [...this.#running].map(
      stage =>
        `${stage.name} ${elapsed(stage)}${
          stage.note ? ` (${stage.note})` : ''
        }`,
    );
    const line = `… ${stages.join(' · ')}`;
    this.#out.write(
      `${ERASE_LINE}${line.slice(
        0,
        Math.max(20, (this.#out.columns || 80) - 1),
      )}`,
    );
  }
}

function elapsed({ startedAt }) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}
