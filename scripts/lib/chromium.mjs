import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fromRoot } from './paths.mjs';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const FILES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser for the browser tests: the one that CHROMIUM_PATH names, else one
 * of the system, else the one that Playwright keeps for itself.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) {
      throw new Error(`CHROMIUM_PATH names no file: ${named}`);
    }
    return named;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return [
    ...COMMANDS.flatMap(command =>
      folders.map(folder => path.join(folder, command)),
    ),
    ...FILES,
    playwrightsOwn(),
  ].find(file => file && existsSync(file));
}

function playwrightsOwn() {
  try {
    const require = createRequire(fromRoot('package.json'));
    return require('@playwright/test').chromium.executablePath();
  } catch {
    return undefined;
  }
}
