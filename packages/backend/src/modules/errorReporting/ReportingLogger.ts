import {
  LoggerService,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import * as Sentry from '@sentry/node';

/**
 * Reports to Sentry what is logged as an error: failed requests (those that
 * the portal answers with 5xx), failed tasks, whatever a plugin holds for an
 * error. Everything is logged as before.
 */
export class ReportingLogger implements RootLoggerService {
  readonly #logger: LoggerService;
  readonly #labels: JsonObject;

  constructor(logger: LoggerService, labels: JsonObject = {}) {
    this.#logger = logger;
    this.#labels = labels;
  }

  error(message: string, meta?: Error | JsonObject): void {
    this.#logger.error(message, meta);
    this.#report(message, meta);
  }

  warn(message: string, meta?: Error | JsonObject): void {
    this.#logger.warn(message, meta);
  }

  info(message: string, meta?: Error | JsonObject): void {
    this.#logger.info(message, meta);
  }

  debug(message: string, meta?: Error | JsonObject): void {
    this.#logger.debug(message, meta);
  }

  child(meta: JsonObject): LoggerService {
    return new ReportingLogger(this.#logger.child(meta), {
      ...this.#labels,
      ...meta,
    });
  }

  #report(message: string, meta?: Error | JsonObject): void {
    const fields = meta instanceof Error ? {} : meta;
    const { plugin, task, ...extra } = { ...this.#labels, ...fields };
    const context = {
      tags: { plugin: asTag(plugin), task: asTag(task) },
      extra: { ...extra, message: String(message) },
    };
    // The scheduler logs the error itself in the message's place.
    const error = [meta, message as unknown].find(isError);
    if (error) {
      Sentry.captureException(error, context);
    } else {
      Sentry.captureMessage(message, { ...context, level: 'error' });
    }
  }
}

function asTag(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
