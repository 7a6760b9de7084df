import net from 'node:net';

/** `localhost` may mean either, and a program may listen on one alone. */
const LOOPBACKS = ['127.0.0.1', '::1'];

/** @param {number} port */
export async function isPortFree(port) {
  for (const host of LOOPBACKS) {
    if (!(await canListen(port, host))) {
      return false;
    }
  }
  return true;
}

/** A port that nobody uses at this moment. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function canListen(port, host) {
  return new Promise(resolve => {
    const server = net.createServer();
    // A machine without IPv6 has nobody listening there either.
    server.once('error', error => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
