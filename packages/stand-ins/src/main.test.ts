import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startSentryStandIn } from '.';

const command = path.join(
  path.dirname(require.resolve('jiti/package.json')),
  'lib/jiti-cli.mjs',
);

/** Starts the command as `yarn start` does, without Jest's options for Node. */
function run(port: string) {
  const child = spawn(
    process.execPath,
    [command, path.join(__dirname, 'main.ts')],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        STAND_INS_PORT_SENTRY: port,
        STAND_INS_PORT_UPTIMEROBOT: '0',
        STAND_INS_PORT_SUPABASE: '0',
        STAND_INS_PORT_PAGERDUTY: '0',
        STAND_INS_PORT_SITE: '0',
      },
    },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    output.stderr += chunk;
  });
  return { child, output, ended: once(child, 'exit') };
}

describe('the command that starts the stand-ins', () => {
  jest.setTimeout(60_000);

  it('prints where each is found and stops when it is told to', async () => {
    const { child, output, ended } = run('0');
    while (!/site of.*\n/.test(output.stdout)) {
      await once(child.stdout, 'data');
    }
    const urlOf = (name: string) =>
      new RegExp(`^Stand-in of ${name}: (http:\\S+)$`, 'm').exec(
        output.stdout,
      )?.[1];
    expect((await fetch(`${urlOf('Sentry')}/api/0/`)).status).toBe(401);
    expect((await fetch(`${urlOf('UptimeRobot')}/v3/monitors`)).status).toBe(
      401,
    );
    expect((await fetch(`${urlOf('Supabase')}/v1/projects`)).status).toBe(401);
    expect((await fetch(`${urlOf('the site of VisionCRM')}/`)).status).toBe(
      200,
    );
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('says which port is taken, or is no port, and fails', async () => {
    const standIn = await startSentryStandIn();
    const { port } = new URL(standIn.url);
    const taken = run(port);
    expect(await taken.ended).toEqual([1, null]);
    expect(taken.output.stderr).toContain(`Port ${port} is in use`);
    const nonsense = run('ninety');
    expect(await nonsense.ended).toEqual([1, null]);
    expect(nonsense.output.stderr).toContain(
      "STAND_INS_PORT_SENTRY is not a port: 'ninety'",
    );
    await standIn.close();
  });
});
