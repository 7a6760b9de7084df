import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const command = path.resolve(__dirname, '../bin/watchkeeper-runbooks');
const poor = path.join('nested', 'poor.md');

// Each call starts a process of its own, which a busy machine takes its time for.
jest.setTimeout(180_000);

const DAY_MS = 24 * 60 * 60 * 1000;

/** Runs the command as a shell would, and tells all that a shell sees of it. */
async function call(
  args: string[],
  cwd = path.join(__dirname, '__fixtures__'),
) {
  return new Promise<{ code: number; out: string; errors: string }>(resolve => {
    execFile(
      process.execPath,
      [command, ...args],
      { cwd, env: { ...process.env, NODE_OPTIONS: '' } },
      (error, out, errors) =>
        resolve({ code: Number(error?.code ?? 0), out, errors }),
    );
  });
}

/** A day so many days ago, as runbooks write it. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

function runbook(lastTested: string, link = ''): string {
  return [
    '---',
    'alerts: [QueueFull]',
    'owner: group:default/crm',
    `lastTested: ${lastTested}`,
    '---',
    '## Steps',
    `1. Look${link}`,
    '',
    '   Expected: all is well',
  ].join('\n');
}

describe('watchkeeper-runbooks lint', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'runbooks-'));
    server = createServer((request, response) => {
      response.statusCode = request.url === '/there' ? 200 : 404;
      response.end();
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(async () => {
    await new Promise(resolve => {
      server.close(resolve);
    });
    await rm(folder, { recursive: true });
  });

  it('writes each problem with its place, and fails', async () => {
    await writeFile(
      path.join(folder, 'poor.md'),
      [
        '---',
        `lastTested: ${daysAgo(1)}`,
        '---',
        '# QueueFull',
        '',
        'See [what is not there](../missing%20page.md).',
        '',
        '## Steps',
        '1. Restart them, all of them',
        '',
        '   TODO: say how',
        '2. `systemctl status worker`',
      ].join('\n'),
    );
    const { code, out } = await call(['lint', 'poor.md'], folder);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^poor\.md:1:1 warning no-owner ./),
      'poor.md:6:5 error dead-link The link leads nowhere: ../missing%20page.md',
      expect.stringMatching(
        /^poor\.md:9:1 warning no-command-or-result Step 1 ./,
      ),
      expect.stringMatching(/^poor\.md:11:4 error to-do TODO: ./),
      expect.stringMatching(
        /^poor\.md:12:1 warning no-expected-result Step 2 ./,
      ),
      '1 runbook, 2 errors, 3 warnings',
      '',
    ]);
    expect(code).toBe(1);
  });

  it('takes files, folders and globs, and each file once', async () => {
    const files = async (args: string[]) =>
      JSON.parse(
        (await call(['lint', '--format', 'json', ...args])).out,
      ).files.map(({ file }: { file: string }) => file);
    await expect(files(['.', 'good.md'])).resolves.toEqual(['good.md', poor]);
    await expect(files(['nested/*.md'])).resolves.toEqual([poor]);
  });

  it('finds nothing wrong with a good one, and follows links to files', async () => {
    await writeFile(
      path.join(folder, 'one.md'),
      runbook(daysAgo(1), ' [x](two.md#a)'),
    );
    await writeFile(path.join(folder, 'two.md'), runbook(daysAgo(1)));
    await expect(call(['lint', 'one.md', 'two.md'], folder)).resolves.toEqual({
      code: 0,
      out: '2 runbooks, 0 errors, 0 warnings\n',
      errors: '',
    });
  });

  it('fails on what it is told to fail on', async () => {
    await writeFile(path.join(folder, 'old.md'), runbook(daysAgo(100)));
    const codeOf = async (...args: string[]) =>
      (await call(['lint', 'old.md', ...args], folder)).code;
    await expect(codeOf()).resolves.toBe(0);
    await expect(codeOf('--fail-on', 'warning')).resolves.toBe(1);
    await expect(codeOf('--max-age-days', '99')).resolves.toBe(1);
    await expect(
      codeOf('--max-age-days', '120', '--fail-on', 'warning'),
    ).resolves.toBe(0);
  });

  it('writes annotations of GitHub', async () => {
    await writeFile(
      path.join(folder, 'a,b.md'),
      runbook(daysAgo(1), ' [x](no%0A.md)'),
    );
    const { out } = await call(
      ['lint', '--format', 'github', 'a,b.md'],
      folder,
    );
    expect(out).toBe(
      '::error file=a%2Cb.md,line=7,col=9,title=dead-link::The link leads nowhere: no%250A.md\n',
    );
  });

  it('asks other sites only when told to', async () => {
    const { port } = server.address() as AddressInfo;
    const site = `http://127.0.0.1:${port}`;
    await writeFile(
      path.join(folder, 'links.md'),
      runbook(daysAgo(1), ` [a](${site}/there#x) [b](${site}/gone)`),
    );
    await expect(call(['lint', 'links.md'], folder)).resolves.toMatchObject({
      code: 0,
    });
    const { code, out } = await call(
      ['lint', '--check-links', 'links.md'],
      folder,
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /^links\.md:7:\d+ error dead-link .*\/gone\n1 runbook, 1 error/,
    );
  });

  it.each([
    ['an unknown option', ['lint', '--fix', '.']],
    ['a limit that is no number', ['lint', '--max-age-days', 'old', '.']],
    ['a path that leads nowhere', ['lint', 'nowhere.md']],
  ])('says what is wrong with %s, and ends with 2', async (_, args) => {
    const { code, out, errors } = await call(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).not.toBe('');
  });
});
