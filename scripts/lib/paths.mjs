import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const rootDir = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** What the demo keeps between two starts, logs included; not committed. */
export const dataDir = path.resolve(
  process.env.WATCHKEEPER_DATA || path.join(rootDir, '.data'),
);

export const logsDir = path.join(dataDir, 'logs');

/** @param {string[]} segments */
export function fromRoot(...segments) {
  return path.join(rootDir, ...segments);
}
