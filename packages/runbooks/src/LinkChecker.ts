import { stat } from 'node:fs/promises';
import path from 'node:path';
import { RunbookLink } from '@watchkeeper/backstage-plugin-observability-common/runbooks';

const TIMEOUT_MS = 10_000;

/** Answers that say that nothing is there; others may only mean that one must sign in. */
const GONE = new Set([404, 410]);

/** Finds links that lead nowhere: to files that are not there and, where asked to, to sites that do not answer. */
export class LinkChecker {
  readonly #checkHttp: boolean;
  /** By address: many runbooks link to the same pages. */
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(options: { checkHttp: boolean }) {
    this.#checkHttp = options.checkHttp;
  }

  /** Which of the links of a file are dead. */
  async findDead(
    file: string,
    links: readonly RunbookLink[],
  ): Promise<Set<RunbookLink>> {
    const dead = new Set<RunbookLink>();
    for (const link of links) {
      if (await this.#isDead(file, link)) {
        dead.add(link);
      }
    }
    return dead;
  }

  async #isDead(file: string, link: RunbookLink): Promise<boolean> {
    if (link.kind === 'relative') {
      return !(await isThere(path.join(path.dirname(file), pathOf(link.url))));
    }
    if (link.kind !== 'http' || !this.#checkHttp) {
      return false;
    }
    const address = link.url.replace(/#.*$/, '');
    const answer = this.#answers.get(address) ?? isGone(address);
    this.#answers.set(address, answer);
    return answer;
  }
}

/** The path of a link without what follows it, decoded where it can be. */
function pathOf(url: string): string {
  const name = url.replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function isGone(address: string): Promise<boolean> {
  try {
    const head = await ask(address, 'HEAD');
    // Many servers know no HEAD, and answer as if the page were not there.
    return !head.ok && GONE.has((await ask(address, 'GET')).status);
  } catch {
    return true;
  }
}

async function ask(address: string, method: string): Promise<Response> {
  const response = await fetch(address, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'User-Agent': 'watchkeeper-runbooks' },
  });
  await response.body?.cancel();
  return response;
}
