import express from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { hashOfToken } from './CalendarFeedService';

const WINDOW_MS = 60_000;
/** Far more than calendars ask. */
const MOST_PER_FEED = 60;
/** Those of a whole office ask from one address, at the top of the hour. */
const MOST_PER_ADDRESS = 600;

/**
 * How often calendars may be asked for in a minute, in each process: by address
 * first, so that whoever tries secrets gets not far, then by feed. Secrets are
 * counted by their hash.
 */
export function createCalendarLimits(): express.RequestHandler[] {
  const common = {
    windowMs: WINDOW_MS,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    message: 'Asked too often',
    // How far proxies are trusted is the portal's to say (`backend.trustProxy`).
    validate: false,
  } as const;
  return [
    rateLimit({
      ...common,
      limit: MOST_PER_ADDRESS,
      identifier: 'address',
      keyGenerator: ({ ip }) => (ip ? ipKeyGenerator(ip) : 'unknown'),
    }),
    rateLimit({
      ...common,
      limit: MOST_PER_FEED,
      identifier: 'feed',
      keyGenerator: ({ params }) => hashOfToken(params.token),
    }),
  ];
}
