import express, { type Express, type Router } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStandInClock, type StandInClock } from './clock';
import { createControlRouter } from './controlRouter';
import { FaultInjector, type FaultRule, type VendorFailure } from './faults';
import {
  RequestLog,
  type LoggedRequest,
  type RequestCounts,
} from './requestLog';

const HOST = '127.0.0.1';

/**
 * A loopback server that speaks a vendor's API.
 *
 * @public
 */
export interface StandIn {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  readonly control: StandInControl;
  close(): Promise<void>;
}

/**
 * What every stand-in lets its user do; the same is there over HTTP, below
 * `/__control`.
 *
 * @public
 */
export interface StandInControl {
  readonly clock: StandInClock;
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  faults(): FaultRule[];
  requests(): LoggedRequest[];
  requestCounts(): RequestCounts;
  clearRequests(): void;
}

/** What the parts of one stand-in share. */
export interface StandInParts {
  clock: StandInClock;
  faults: FaultInjector;
  log: RequestLog;
  control: StandInControl;
}

export function createStandInParts(options: {
  clock?: StandInClock;
  vendorFailure: VendorFailure;
}): StandInParts {
  const clock = options.clock ?? createStandInClock();
  const faults = new FaultInjector(options.vendorFailure);
  const log = new RequestLog(clock);
  const control: StandInControl = {
    clock,
    addFault: rule => faults.add(rule),
    clearFaults: () => faults.clear(),
    faults: () => faults.rules,
    requests: () => log.entries,
    requestCounts: () => log.counts,
    clearRequests: () => log.clear(),
  };
  return { clock, faults, log, control };
}

/**
 * Listens on the loopback interface. A busy port is an error that says so.
 * Every vendor's server is built alike: control, log, faults, then the API.
 */
export async function startStandInServer(options: {
  name: string;
  port?: number;
  basePath?: string;
  parts: StandInParts;
  /** Routes below `/__control` that only this vendor has. */
  extendControl?: (router: Router) => void;
  api: Router;
}): Promise<{ url: string; close(): Promise<void> }> {
  const { name, port = 0, basePath = '', parts, api } = options;
  const app = createApp();
  app.use('/__control', createControlRouter(parts, options.extendControl));
  app.use(parts.log.middleware());
  app.use(parts.faults.middleware());
  app.use(basePath || '/', api);

  const server = createServer(app);
  // On a busy machine the default of five seconds ends connections that a client
  // is just about to use again, which looks like a vendor that fails.
  server.keepAliveTimeout = 120_000;
  await listen(server, port, name);
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${actualPort}${basePath}`,
    close: () => close(server),
  };
}

function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Repeated parameters and brackets in names are read with URLSearchParams.
  app.set('query parser', false);
  app.set('strict routing', true);
  return app;
}

async function listen(server: Server, port: number, name: string) {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => {
      const busy = 'code' in error && error.code === 'EADDRINUSE';
      reject(
        busy
          ? new Error(
              `Port ${port} is in use, so the stand-in of ${name} cannot start; free the port or choose another`,
            )
          : error,
      );
    });
    server.listen(port, HOST, resolve);
  });
}

async function close(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    server.close(() => resolve());
    // Requests that hang on purpose would keep it open.
    server.closeAllConnections();
  });
}
