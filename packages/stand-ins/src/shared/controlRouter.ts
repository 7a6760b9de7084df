import express, { Router, type ErrorRequestHandler } from 'express';
import type { StandInParts } from './StandInServer';
import type { FaultRule } from './faults';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The control of a stand-in over HTTP. Bodies are JSON with its content type:
 * a web page of another origin can then not send one unasked.
 */
export function createControlRouter(
  parts: StandInParts,
  extend?: (router: Router) => void,
): Router {
  const { control, clock } = parts;
  const router = Router();

  router.use((request, response, next) => {
    if (LOOPBACK.has(request.socket.remoteAddress ?? '')) next();
    else response.status(403).json({ error: 'Only from this machine' });
  });
  router.use(express.json());
  router.use((request, response, next) => {
    if (request.method === 'POST' && !request.is('application/json')) {
      response.status(415).json({ error: 'Send JSON' });
    } else next();
  });

  router.get('/faults', (_request, response) => {
    response.json({ faults: control.faults() });
  });
  router.post('/faults', (request, response) => {
    control.addFault(request.body as FaultRule);
    response.status(201).json({ faults: control.faults() });
  });
  router.delete('/faults', (_request, response) => {
    control.clearFaults();
    response.status(204).end();
  });

  router.get('/clock', (_request, response) => {
    response.json({ now: clock.now().toISOString() });
  });
  router.post('/clock', (request, response) => {
    const { advanceMs, now } = request.body as Record<string, unknown>;
    if (typeof now === 'string') clock.set(new Date(now));
    else if (typeof advanceMs === 'number') clock.advance(advanceMs);
    else throw new Error('Send advanceMs or now');
    response.json({ now: clock.now().toISOString() });
  });

  router.get('/requests', (_request, response) => {
    response.json({
      counts: control.requestCounts(),
      requests: control.requests(),
    });
  });
  router.delete('/requests', (_request, response) => {
    control.clearRequests();
    response.status(204).end();
  });

  extend?.(router);

  router.use((_request, response) => {
    response.status(404).json({ error: 'No such control' });
  });
  const answerError: ErrorRequestHandler = (
    error,
    _request,
    response,
    next,
  ) => {
    if (response.headersSent) next(error);
    else {
      const message = error instanceof Error ? error.message : String(error);
      response.status(400).json({ error: message });
    }
  };
  router.use(answerError);
  return router;
}
