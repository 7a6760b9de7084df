import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isBundleFresh, buildBundle } from './bundle.mjs';
import { findChromium } from './chromium.mjs';
import { fromRoot } from './paths.mjs';
import { findFreePort } from './ports.mjs';
import {
  portalEnvironment,
  STAND_IN_PORTS,
  startBackend,
  startStandIns,
} from './portal.mjs';
import { Processes } from './processes.mjs';

/**
 * Starts the portal that the tests look at: the stand-ins, and the back end
 * from its sources with the built front end in it, on free ports and with an
 * empty database. So they are the same every time, disturb no portal that runs
 * on this machine, and leave nothing behind.
 */
export default async function globalSetup() {
  process.env.CHROMIUM_PATH ??= findChromium();

  const data = mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-e2e-'));
  const processes = new Processes({
    logsDir: fromRoot('test-results', 'portal'),
  });
  const stop = async () => {
    await processes.stopAll();
    rmSync(data, { recursive: true, force: true });
  };

  try {
    if (!isBundleFresh()) {
      await buildBundle(processes);
    }
    const backend = await findFreePort();
    const ports = {
      // The back end serves the front end as well.
      app: backend,
      backend,
      standIns: {},
    };
    for (const name of Object.keys(STAND_IN_PORTS)) {
      ports.standIns[name] = await findFreePort();
    }
    const env = portalEnvironment({ ports, data });
    const parts = [
      startStandIns(processes, { env, ports }),
      startBackend(processes, {
        env,
        ports,
        configs: [fromRoot('app-config.yaml')],
        watch: false,
      }),
    ];
    await Promise.race([
      Promise.all(parts.map(({ ready }) => ready)),
      processes.interrupted,
    ]);

    process.env.PLAYWRIGHT_URL = `http://localhost:${backend}`;
    for (const [name, port] of Object.entries(ports.standIns)) {
      process.env[name] = String(port);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
