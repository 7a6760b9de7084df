import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { shiftsAsText } from './__testUtils__/printShifts';

const jiti = path.join(
  path.dirname(require.resolve('jiti/package.json')),
  'lib/jiti-cli.mjs',
);

function printUnder(TZ: string): string[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [jiti, path.resolve(__dirname, '__testUtils__/printShifts.ts'), '--print'],
    { env: { ...process.env, TZ }, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n');
}

describe('the time zone of the process', () => {
  it('has no part in who has the watch', () => {
    const utc = printUnder('UTC');
    const kolkata = printUnder('Asia/Kolkata');
    const newYork = printUnder('America/New_York');
    expect([utc.pop(), kolkata.pop(), newYork.pop()]).toEqual([
      '0',
      '-330',
      '240',
    ]);
    expect(utc).toEqual(shiftsAsText());
    expect(kolkata).toEqual(utc);
    expect(newYork).toEqual(utc);
  }, 60_000);
});
