import { AddressInfo, createServer, Server, Socket } from 'node:net';

/** Something at a port of this machine. */
export interface Loopback {
  port: number;
  /** How many are connected now, and how many were at most. */
  connections(): { now: number; most: number };
  close(): Promise<void>;
}

/** A server that does with a connection what it is told. */
export async function startLoopback(
  onConnection: (socket: Socket) => void,
): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let most = 0;
  const server = createServer(socket => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => ({ now: sockets.size, most }),
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A port at which nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await startLoopback(() => {});
  await close();
  return port;
}

/** Answers whatever is said first with an error of PostgreSQL. */
export function startRefusing(fields: {
  code: string;
  routine?: string;
}): Promise<Loopback> {
  return startLoopback(socket => {
    socket.once('data', () => {
      const text = [
        'SFATAL',
        'VFATAL',
        `C${fields.code}`,
        'Msays no to user "someone" at 10.1.2.3',
        ...(fields.routine ? [`R${fields.routine}`] : []),
      ]
        .map(field => `${field}\0`)
        .join('');
      const body = Buffer.from(`${text}\0`);
      const head = Buffer.alloc(5);
      head.write('E');
      head.writeInt32BE(body.length + 4, 1);
      socket.end(Buffer.concat([head, body]));
    });
  });
}

/**
 * Stands before a server, and hands on what is said, until the client says
 * something; what then happens is the caller's.
 */
export function startProxy(
  target: { host: string; port: number },
  until: {
    clientSays: string;
    then: (sockets: { client: Socket; server: Socket }) => Promise<void>;
  },
): Promise<Loopback> {
  return startLoopback(client => {
    const server = new Socket();
    server.on('error', () => client.destroy());
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    server.connect(target.port, target.host);
    server.on('data', data => client.write(data));
    client.on('data', async data => {
      if (data.includes(until.clientSays)) {
        await until.then({ client, server });
      }
      if (!server.destroyed) server.write(data);
    });
  });
}

function listen(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
}
