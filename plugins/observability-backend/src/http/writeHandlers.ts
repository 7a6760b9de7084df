import {
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, CustomErrorBase, InputError } from '@backstage/errors';
import express from 'express';
import { createHash } from 'node:crypto';
import { IdempotentRequests, KeptAnswer } from './IdempotentRequests';

const LONGEST_KEY = 255;

/** A key that was used for something else; answered with 422. */
class UnprocessableError extends CustomErrorBase {
  name = 'UnprocessableError' as const;
  readonly statusCode = 422;
}

/**
 * What stands before the handlers of writes: reads the JSON body and honours an
 * `Idempotency-Key`.
 *
 * The first answer to a caller's request with a key is kept for a day, and is
 * the answer to each repetition of it, with `Idempotent-Replayed: true`. So
 * whoever did not get an answer can ask again, and nothing is done twice. An
 * answer that blames us (5xx) is not kept: the repetition tries again.
 */
export function createWriteHandlers(options: {
  requests: IdempotentRequests;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  now?: () => Date;
}): express.RequestHandler[] {
  const { requests, httpAuth, logger, now = () => new Date() } = options;

  async function handle(
    request: express.Request,
    response: express.Response,
    next: express.NextFunction,
  ): Promise<void> {
    const key = request.header('Idempotency-Key');
    if (key === undefined) {
      next();
      return;
    }
    if (key.length === 0 || key.length > LONGEST_KEY) {
      throw new InputError(
        `Idempotency-Key: must have 1 to ${LONGEST_KEY} characters`,
      );
    }
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const id = hashOf([
      callerOf(credentials),
      request.method,
      request.baseUrl + request.path,
      key,
    ]);
    const claim = await requests.claim(
      { id, bodyHash: hashOf([request.body ?? null, request.query]) },
      now(),
    );
    switch (claim.state) {
      case 'running':
        throw new ConflictError(
          'A request with this Idempotency-Key is under way; send it again in a moment',
        );
      case 'different':
        throw new UnprocessableError(
          'This Idempotency-Key belongs to a request that said something else; use a new one',
        );
      case 'answered':
        replay(response, claim.answer);
        return;
      default:
        keepAnswer(response, async answer => {
          try {
            await (answer.status < 500
              ? requests.answer(id, claim.token, answer)
              : requests.giveUp(id, claim.token));
          } catch (error) {
            logger.error('Could not keep an answer', error as Error);
          }
        });
        next();
    }
  }

  return [
    express.json(),
    (request, response, next) => {
      handle(request, response, next).catch(next);
    },
  ];
}

function replay(response: express.Response, answer: KeptAnswer): void {
  response.status(answer.status).set('Idempotent-Replayed', 'true');
  if (answer.contentType) {
    response.set('Content-Type', answer.contentType);
  }
  response.end(answer.body);
}

/** Hands over what is answered before it is sent: who has the answer can rely on its being kept. */
function keepAnswer(
  response: express.Response,
  keep: (answer: KeptAnswer) => Promise<void>,
): void {
  const end = response.end.bind(response) as (
    ...args: unknown[]
  ) => express.Response;
  response.end = ((...args: unknown[]) => {
    response.end = end as typeof response.end;
    const [chunk] = args;
    keep({
      status: response.statusCode,
      contentType: response.get('Content-Type') ?? null,
      body:
        typeof chunk === 'string' || Buffer.isBuffer(chunk)
          ? chunk.toString()
          : '',
    }).finally(() => end(...args));
    return response;
  }) as typeof response.end;
}

/** Who sends a request: two callers may use the same key. */
function callerOf(credentials: BackstageCredentials): unknown[] {
  const principal = credentials.principal as {
    type: string;
    userEntityRef?: string;
    subject?: string;
  };
  return [principal.type, principal.userEntityRef ?? principal.subject];
}

function hashOf(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
