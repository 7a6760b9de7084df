import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from './paths.mjs';
import { yarnEnvironment, yarnPath } from './yarn.mjs';

const STAMP = fromRoot('node_modules', '.watchkeeper-installed');

/**
 * Whether the packages on disk are those that the repository asks for. Looking
 * costs a few milliseconds, asking Yarn ten seconds.
 */
export function isInstalled() {
  return readText(STAMP) === fingerprint();
}

/**
 * Installs what is missing, with the vendored Yarn.
 *
 * @param {import('./progress.mjs').Stage} stage
 * @param {import('./processes.mjs').Processes} processes
 */
export async function install(stage, processes) {
  await processes.run({
    name: 'install',
    command: process.execPath,
    args: [yarnPath(), 'install'],
    env: yarnEnvironment(),
    // Unmet peers of other people's packages are no reason of a failure.
    noise: /YN0002|YN0060|YN0086/,
    // Yarn says which of its steps it is at; the warnings stay in the log.
    onLine: line => {
      const step = line.match(/┌ (.+)/);
      if (step) {
        stage.note(step[1]);
      }
    },
  });
  writeFileSync(STAMP, fingerprint());
}

function fingerprint() {
  const hash = createHash('sha256');
  // Native packages are chosen by platform and by the major release of Node.
  hash.update(
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  );
  for (const file of [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...workspaceManifests(),
  ]) {
    hash.update(`\0${file}\0${readText(fromRoot(file)) ?? ''}`);
  }
  return hash.digest('hex');
}

function workspaceManifests() {
  const { workspaces } = JSON.parse(readFileSync(fromRoot('package.json')));
  return workspaces.flatMap(pattern => {
    if (!pattern.endsWith('/*')) {
      return [path.join(pattern, 'package.json')];
    }
    const folder = pattern.slice(0, -2);
    return readdirSync(fromRoot(folder))
      .sort()
      .map(name => path.join(folder, name, 'package.json'));
  });
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
