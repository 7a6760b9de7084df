import { fetch, type Response } from 'undici';
import type { VendorClientOptions } from './createVendorClient';
import { createRequestMetrics, type RequestMetrics } from './requestMetrics';
import { sharedDispatcher } from './dispatcher';
import { readErrorDetail, tidyDetail } from './errorDetail';
import {
  connectionFailure,
  malformedFailure,
  statusFailure,
  timeoutFailure,
  type Failure,
} from './failures';
import { parseBody } from './parseBody';
import { prepareAttempt, type Attempt } from './prepareAttempt';
import { readRetryAfter } from './rateLimits';
import { BodyTooLargeError, readBody } from './readBody';
import { isRedirect, judgeRedirect } from './redirects';
import { redact, secretsOfHeaders } from './redact';
import { withDeadline } from './sleep';
import type { VendorRequest, VendorResponse } from './VendorClient';

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAXIMUM_BYTES = 10_000_000;
/** An error's body is only read for one sentence. */
const MAXIMUM_ERROR_BYTES = 64_000;
/** For a 429 that does not say when to come back. */
const DEFAULT_PAUSE_MS = 1_000;

export type Outcome<T> = { response: VendorResponse<T> } | { failure: Failure };

class DeadlineError extends Error {}

/**
 * Sends requests, each once, and says what came of it. Everything that goes
 * wrong is a `Failure`; only the abort of the caller's signal is thrown.
 *
 * It uses undici's own `fetch`: the one of Node takes no dispatcher of this
 * undici, and so would not go through a proxy. Redirects are followed here, as
 * `fetch` would ask other hosts too.
 */
export class HttpAttempts {
  readonly #options: Omit<VendorClientOptions, 'baseUrl'>;
  readonly #baseUrl: URL;
  readonly #now: () => Date;
  readonly #timeoutMs: number;
  readonly #metrics: RequestMetrics;

  constructor(
    options: Omit<VendorClientOptions, 'baseUrl' | 'now'> & {
      baseUrl: URL;
      now: () => Date;
    },
  ) {
    const { baseUrl, now, ...rest } = options;
    this.#options = rest;
    this.#baseUrl = baseUrl;
    this.#now = now;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#metrics = createRequestMetrics(options.metrics);
  }

  async send<T>(request: VendorRequest<T>): Promise<Outcome<T>> {
    const asked = { host: this.#baseUrl.host, operation: request.operation };
    const prepared = prepareAttempt({
      asked,
      request,
      baseUrl: this.#baseUrl,
      headers: this.#options.headers?.() ?? {},
    });
    if ('failure' in prepared) return prepared;

    const startMs = performance.now();
    let outcome: Outcome<T> | undefined;
    try {
      outcome = await withDeadline({
        millis: this.#timeoutMs,
        signal: request.signal,
        onDeadline: () => new DeadlineError(),
        task: signal => this.#exchange(prepared.attempt, request, signal),
      });
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      outcome = { failure: timeoutFailure(asked, this.#timeoutMs) };
    } finally {
      this.#report(prepared.attempt, outcome, performance.now() - startMs);
    }
    return outcome;
  }

  async #exchange<T>(
    attempt: Attempt,
    request: VendorRequest<T>,
    signal: AbortSignal,
  ): Promise<Outcome<T>> {
    const { asked } = attempt;
    let phase: 'connecting' | 'reading' = 'connecting';
    try {
      const fetched = await this.#fetch(attempt, signal);
      if ('failure' in fetched) return fetched;
      phase = 'reading';
      const { response } = fetched;
      const { status } = response;
      const headers = new Headers([...response.headers]);
      const retryAt = this.#heedLimits(status, headers);
      if (!response.ok) {
        const detail = await this.#readDetail(response);
        return { failure: statusFailure(asked, { status, detail, retryAt }) };
      }
      const text = await readBody(response, this.#maximumBytes);
      const parsed = parseBody(request, {
        text,
        contentType: headers.get('content-type'),
      });
      return 'body' in parsed
        ? { response: { body: parsed.body, status, headers } }
        : { failure: malformedFailure(asked, { status, what: parsed.what }) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BodyTooLargeError) {
        const what = `more than ${
          this.#maximumBytes
        } bytes, the most that is read`;
        return { failure: malformedFailure(asked, { status: 200, what }) };
      }
      return { failure: connectionFailure(asked, error, phase) };
    }
  }

  async #fetch(
    attempt: Attempt,
    signal: AbortSignal,
  ): Promise<{ response: Response } | { failure: Failure }> {
    const { asked, method, headers, body } = attempt;
    let url = attempt.url;
    for (let followed = 0; ; followed += 1) {
      const response = await fetch(url, {
        method,
        headers,
        body,
        signal,
        redirect: 'manual',
        dispatcher: this.#options.dispatcher ?? sharedDispatcher(),
      });
      if (!isRedirect(response.status)) return { response };
      await response.body?.cancel();
      const verdict = judgeRedirect({
        asked,
        status: response.status,
        method,
        from: url,
        baseUrl: this.#baseUrl,
        location: response.headers.get('location'),
        followed,
      });
      if ('failure' in verdict) return verdict;
      url = verdict.follow;
    }
  }

  get #maximumBytes(): number {
    return this.#options.maximumResponseBytes ?? DEFAULT_MAXIMUM_BYTES;
  }

  /** Makes everybody wait when the vendor asks for it; says until when. */
  #heedLimits(status: number, headers: Headers): Date | undefined {
    const { limiter, rateLimit } = this.#options;
    const now = this.#now();
    const state = rateLimit?.({ status, headers, now });
    const retryAfter = readRetryAfter(headers, now);
    if (status === 429) {
      const retryAt = state?.pausedUntil ?? retryAfter ?? state?.resetAt;
      limiter.pauseUntil(retryAt ?? new Date(now.getTime() + DEFAULT_PAUSE_MS));
      return retryAt;
    }
    const exhausted = state?.remaining !== undefined && state.remaining <= 0;
    const pause =
      state?.pausedUntil ?? (exhausted ? state?.resetAt : undefined);
    if (pause) limiter.pauseUntil(pause);
    return status === 503 ? retryAfter : undefined;
  }

  async #readDetail(response: Response): Promise<string | undefined> {
    const { errorMessage = readErrorDetail } = this.#options;
    try {
      const text = await readBody(response, MAXIMUM_ERROR_BYTES);
      const detail = errorMessage(response.status, text);
      // Before it is shortened, as half a secret would not be found any more.
      return tidyDetail(detail && this.#redact(detail));
    } catch {
      // The status says enough.
      return undefined;
    }
  }

  #report(
    attempt: Attempt,
    outcome: Outcome<unknown> | undefined,
    durationMs: number,
  ): void {
    const { provider, instance, logger } = this.#options;
    const { asked, method, url } = attempt;
    let result = 'aborted';
    if (outcome) {
      result = 'failure' in outcome ? outcome.failure.code : 'ok';
    }
    this.#metrics.record({
      attributes: {
        provider,
        instance,
        operation: asked.operation,
        outcome: result,
      },
      durationSeconds: durationMs / 1000,
    });
    // Without the query, which may hold what a person searched for.
    logger.debug(
      this.#redact(
        `${provider}/${instance} ${asked.operation}: ${method} ${url.origin}${
          url.pathname
        } ${result} in ${Math.round(durationMs)} ms`,
      ),
    );
  }

  #redact(text: string): string {
    const { headers, redact: secrets = [] } = this.#options;
    return redact(text, [...secrets, ...secretsOfHeaders(headers?.() ?? {})]);
  }
}
