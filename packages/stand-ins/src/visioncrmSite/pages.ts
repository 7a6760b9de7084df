/**
 * How a page of the site answers.
 *
 * @public
 */
export type SitePageState = 'well' | 'failing' | 'slow' | 'hanging';

/** A page, and when it is not well: in minutes from the start on. */
export interface SitePage {
  path: string;
  contentType: string;
  well: string;
  failing: string;
  /** Around this long it takes, in milliseconds. */
  usualMs: number;
  troubles: { state: SitePageState; from: number; to: number }[];
}

/**
 * What of VisionCRM can be asked whether it is well. The API began to fail some
 * minutes ago, as its errors do, and recovers within the hour.
 */
export const SITE_PAGES: SitePage[] = [
  {
    path: '/',
    contentType: 'text/html; charset=utf-8',
    well: '<!doctype html><html lang="en"><title>VisionCRM</title><h1>Sign in to VisionCRM</h1></html>\n',
    failing:
      '<!doctype html><html lang="en"><title>VisionCRM</title><h1>Something went wrong</h1></html>\n',
    usualMs: 90,
    troubles: [],
  },
  {
    path: '/api/health',
    contentType: 'application/json',
    well: '{"status":"ok"}',
    failing: '{"status":"error"}',
    usualMs: 35,
    troubles: [{ state: 'failing', from: -6, to: 50 }],
  },
  {
    path: '/api/health/database',
    contentType: 'application/json',
    well: '{"status":"ok","database":"connected"}',
    failing: '{"status":"error","database":"unreachable"}',
    usualMs: 60,
    troubles: [],
  },
  {
    path: '/api/health/email',
    contentType: 'application/json',
    well: '{"status":"ok","email":"accepted"}',
    failing: '{"status":"error","email":"refused"}',
    usualMs: 240,
    troubles: [],
  },
];
