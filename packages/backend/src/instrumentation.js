// @ts-check
/*
 * Loaded before everything else (`--require`), in development and production.
 *
 * Reports the portal's own errors to Sentry where SENTRY_DSN says which
 * project takes them; without it, not even the SDK is loaded. This is apart
 * from the Sentry module of Watchkeeper, which reads other services' errors.
 *
 *   SENTRY_DSN                 where to report
 *   SENTRY_ENVIRONMENT         default: NODE_ENV
 *   SENTRY_RELEASE             default: none
 *   SENTRY_TRACES_SAMPLE_RATE  fraction of requests that are traced, 0 to 1;
 *                              default: 0
 */
const { createScrubber, secretValuesOf } = require('./scrubSecrets');

if (process.env.SENTRY_DSN) {
  const Sentry = require('@sentry/node');
  const scrub = createScrubber(secretValuesOf(process.env));

  Sentry.init({
    dsn: process.env.SENTRY_DSN,
    environment: process.env.SENTRY_ENVIRONMENT ?? process.env.NODE_ENV,
    release: process.env.SENTRY_RELEASE,
    tracesSampleRate: sampleRate(process.env.SENTRY_TRACES_SAMPLE_RATE),
    sendDefaultPii: false,
    beforeSend: event => scrub(event),
    beforeSendTransaction: event => scrub(event),
  });
}

/** @param {string | undefined} value */
function sampleRate(value) {
  const rate = Number(value ?? 0);
  if (!(rate >= 0 && rate <= 1)) {
    throw new Error(
      `SENTRY_TRACES_SAMPLE_RATE must be a number from 0 to 1, not '${value}'`,
    );
  }
  return rate;
}
