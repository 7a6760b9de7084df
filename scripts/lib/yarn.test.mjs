import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { yarnEnvironment, yarnPath } from './yarn.mjs';

const home = mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-npmrc-'));
after(() => rmSync(home, { recursive: true, force: true }));

before(() => {
  const userconfig = path.join(home, 'npmrc');
  writeFileSync(
    userconfig,
    [
      'registry=https://packages.corp.example/npm/',
      'cafile=/etc/corp/ca.pem',
      'https-proxy=http://proxy.corp.example:3128/',
      '//packages.corp.example/npm/:_authToken=${CORP_TOKEN}',
    ].join('\n'),
  );
  for (const name of Object.keys(process.env)) {
    if (/^(npm_config_|yarn_|https?_proxy$)/i.test(name)) {
      delete process.env[name];
    }
  }
  Object.assign(process.env, {
    npm_config_userconfig: userconfig,
    CORP_TOKEN: 'corp-token',
    YARN_HTTPS_CA_FILE_PATH: '/etc/own/ca.pem',
  });
});

test('hands the settings of npm over to Yarn, but not over those of Yarn itself', () => {
  const environment = yarnEnvironment();

  assert.equal(
    environment.YARN_NPM_REGISTRY_SERVER,
    'https://packages.corp.example/npm',
  );
  assert.equal(environment.YARN_NPM_AUTH_TOKEN, 'corp-token');
  assert.equal(environment.YARN_HTTPS_PROXY, 'http://proxy.corp.example:3128/');
  assert.equal(environment.YARN_HTTPS_CA_FILE_PATH, '/etc/own/ca.pem');
});

test('finds the Yarn that is committed', () => {
  assert.equal(existsSync(yarnPath()), true);
});
