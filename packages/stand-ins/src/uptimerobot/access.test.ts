import {
  UPTIMEROBOT_STAND_IN_KEYS as keys,
  UPTIMEROBOT_STAND_IN_SECRETS,
  type UptimeRobotStandInOptions,
} from '..';
import { HOMEPAGE, startForTest } from './__testUtils__/client';

let started: Awaited<ReturnType<typeof startForTest>>;
beforeEach(async () => {
  started = await startForTest();
});
afterEach(() => started.standIn.close());

async function restart(options: UptimeRobotStandInOptions) {
  await started.standIn.close();
  started = await startForTest(options);
}

describe('keys', () => {
  it('takes a main and a read-only key on both generations', async () => {
    for (const key of [keys.main, keys.readOnly]) {
      expect((await started.v3('/user/me', key)).status).toBe(200);
      expect(
        (await started.v2('getAccountDetails', {}, key)).body,
      ).toMatchObject({
        stat: 'ok',
        account: { up_monitors: 3, down_monitors: 1, total_monitors_count: 4 },
      });
      expect((await started.v2('editMonitor', {}, key)).body.error.type).toBe(
        'not_authorized',
      );
    }
  });

  it('lets the key of a monitor read that monitor only, by the older generation', async () => {
    expect((await started.v3('/monitors', keys.monitor)).status).toBe(401);
    const { body } = await started.v2('getMonitors', {}, keys.monitor);
    expect(body.monitors.map(({ id }: { id: number }) => id)).toEqual([
      HOMEPAGE,
    ]);
    const { body: refused } = await started.v2('getMWindows', {}, keys.monitor);
    expect(refused).toEqual({
      stat: 'fail',
      error: { type: 'not_authorized' },
    });
  });

  it('refuses others in the manner of each generation', async () => {
    const none = await started.v3('/monitors', '');
    expect([none.status, none.text]).toEqual([401, 'Token is required']);
    expect(none.headers.get('content-type')).toContain('text/plain');
    expect((await started.v3('/monitors', 'u1-wrong')).body).toEqual({
      code: 'INVALID_TOKEN',
      message: 'Invalid token.',
    });
    const wrong = await started.v2('getMonitors', {}, 'u1-wrong');
    expect(wrong.status).toBe(200);
    expect(wrong.body).toEqual({
      stat: 'fail',
      error: {
        type: 'invalid_parameter',
        parameter_name: 'api_key',
        passed_value: 'u1-wrong',
        message: 'api_key not found.',
      },
    });
    const missing = await started.v2('getMonitors', {}, '');
    expect(missing.body.error.type).toBe('missing_parameter');
  });

  it('plays an account without one of the generations', async () => {
    await restart({ v3Keys: 'none' });
    expect((await started.v3('/monitors', keys.main)).status).toBe(401);
    expect((await started.v2('getMonitors', {}, keys.main)).body.stat).toBe(
      'ok',
    );
    await restart({ v2Keys: 'none' });
    expect((await started.v3('/monitors', keys.main)).status).toBe(200);
    expect((await started.v2('getMonitors', {}, keys.main)).body.stat).toBe(
      'fail',
    );
  });

  it('shows secrets of monitors, as the vendor does, so that nobody may pass them on', async () => {
    const { text } = await started.v3('/monitors');
    for (const secret of Object.values(UPTIMEROBOT_STAND_IN_SECRETS)) {
      expect(text).toContain(secret);
    }
    expect(text).toContain(keys.monitor);
  });
});

describe('the limit of requests', () => {
  it('is ten in any sixty seconds for each key, whichever generation is asked', async () => {
    let machineMs = 1_000_000_000;
    await restart({ rateLimit: undefined, rateLimitNow: () => machineMs });
    for (let count = 0; count < 5; count++) {
      expect((await started.v3('/user/me')).status).toBe(200);
      machineMs += 5_000;
      const { status, headers } = await started.v2('getAccountDetails');
      expect(status).toBe(200);
      expect(headers.get('x-ratelimit-limit')).toBe('10');
      expect(headers.get('x-ratelimit-remaining')).toBe(String(8 - 2 * count));
    }
    const refused = await started.v3('/monitors');
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({ message: 'Too Many Requests' });
    expect(refused.headers.get('retry-after')).toBe('35');
    expect(refused.headers.get('x-ratelimit-reset')).toBe('1000060');
    expect((await started.v2('getMonitors')).status).toBe(429);
    expect((await started.v3('/user/me', keys.main)).status).toBe(200);

    // Only the first has left the window by then.
    machineMs += 35_000;
    expect((await started.v3('/user/me')).status).toBe(200);
    expect((await started.v3('/user/me')).status).toBe(429);
    expect(started.standIn.control.requestCounts().byStatus['429']).toBe(3);
  });
});
