import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { findFreePort, isPortFree } from './ports.mjs';

test('knows a port that somebody listens on, on either meaning of localhost', async () => {
  const port = await findFreePort();
  assert.equal(await isPortFree(port), true);

  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = net.createServer().listen(port, host);
    await once(server, 'listening');
    assert.equal(await isPortFree(port), false, host);
    server.close();
    await once(server, 'close');
  }
  assert.equal(await isPortFree(port), true);
});
