import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { nodeEnvironment } from './node.mjs';
import { fromRoot } from './paths.mjs';
import { backstageCliCommand } from './portal.mjs';

const DIST = fromRoot('packages', 'app', 'dist');
const STAMP = path.join(DIST, '.watchkeeper-built');

/** What the bundle of the front end is made from. */
const SOURCES = [
  'packages/app/src',
  'packages/app/public',
  'packages/app/package.json',
  'plugins/observability/src',
  'plugins/observability/package.json',
  'plugins/observability-common/src',
  'plugins/observability-common/package.json',
  'app-config.yaml',
  'yarn.lock',
];

/** Whether packages/app/dist was built from the sources as they are now. */
export function isBundleFresh() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/**
 * Builds the front end for production, as the back end serves it.
 *
 * @param {import('./processes.mjs').Processes} processes
 */
export async function buildBundle(processes) {
  const before = fingerprint();
  await processes.run({
    name: 'bundle',
    ...backstageCliCommand(['package', 'build']),
    cwd: fromRoot('packages', 'app'),
    env: nodeEnvironment(),
  });
  mkdirSync(DIST, { recursive: true });
  writeFileSync(STAMP, before);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesOf(fromRoot(source))) {
      hash.update(`\0${file}\0`);
      hash.update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesOf(at) {
  if (!existsSync(at)) {
    return [];
  }
  if (!statSync(at).isDirectory()) {
    return [at];
  }
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
