import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nodeEnvironment } from './node.mjs';
import { fromRoot, rootDir } from './paths.mjs';

/** The Yarn that is committed with the repository; nothing has to be installed. */
export function yarnPath() {
  const match = readFileSync(fromRoot('.yarnrc.yml'), 'utf8').match(
    /^yarnPath:\s*(\S+)/m,
  );
  if (!match) {
    throw new Error('.yarnrc.yml names no yarnPath');
  }
  return fromRoot(match[1]);
}

/** @type {Record<string, string> | undefined} */
let settings;

/**
 * The environment of a Yarn that reaches the registry as the user's npm does:
 * Yarn does not read npm's settings, so a company's registry, certificates,
 * proxy and token are handed over. What is set for Yarn itself wins.
 */
export function yarnEnvironment() {
  settings ??= settingsOfNpm();
  return { ...settings, ...nodeEnvironment() };
}

function settingsOfNpm() {
  const npm = readNpmConfig();
  const registry = text(npm.registry)?.replace(/\/+$/, '');
  const token = registry && readNpmToken(npm, registry);
  return Object.fromEntries(
    Object.entries({
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_NPM_AUTH_TOKEN: token,
      YARN_NPM_ALWAYS_AUTH: token && 'true',
      YARN_HTTPS_CA_FILE_PATH: text(npm.cafile),
      YARN_HTTPS_PROXY: text(npm['https-proxy']) ?? text(npm.proxy),
      YARN_HTTP_PROXY: text(npm.proxy),
      YARN_ENABLE_STRICT_SSL: npm['strict-ssl'] === false ? 'false' : undefined,
      YARN_ENABLE_TELEMETRY: 'false',
    }).filter(([, value]) => value),
  );
}

function readNpmConfig() {
  try {
    const output = execFileSync('npm', ['config', 'list', '--json'], {
      cwd: rootDir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    return JSON.parse(output);
  } catch {
    // Without npm, Yarn's own settings must do.
    return {};
  }
}

/** npm shows no token to anybody, so it is read where the user wrote it. */
function readNpmToken(npm, registry) {
  const wanted = `${registry.replace(/^https?:/, '')}/:_authToken`;
  const files = [
    fromRoot('.npmrc'),
    text(npm.userconfig) ?? path.join(os.homedir(), '.npmrc'),
    text(npm.globalconfig),
  ];
  for (const file of files) {
    for (const line of readLines(file)) {
      const [name, ...value] = line.split('=');
      if (name.trim() === wanted) {
        return value
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .replace(/\$\{([^}]+)\}/g, (_, key) => process.env[key] ?? '');
      }
    }
  }
  return undefined;
}

function readLines(file) {
  try {
    return file ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
  } catch {
    return [];
  }
}

function text(value) {
  return typeof value === 'string' && value !== '' && value !== 'null'
    ? value
    : undefined;
}
