import { InputError } from '@backstage/errors';
import type { VendorRequest } from './VendorClient';

const DOT_SEGMENT = /(^|[/\\])(\.|%2e){1,2}([/\\]|$)/i;

/** Why a URL is not asked. */
export class RefusedUrlError extends Error {}

/** Reads a base URL; its path is kept, its query and fragment are not. */
export function parseBaseUrl(baseUrl: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new InputError(
      'baseUrl is not a URL, expected one such as https://vendor.example.com',
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InputError(
      `baseUrl starts with ${url.protocol}, expected https: or http:`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      'baseUrl holds a user name or password, expected none; there are settings of their own for secrets',
    );
  }
  return new URL(url.pathname.replace(/\/+$/, ''), url);
}

/**
 * Joins a request's path to the base URL. Only the base URL's own origin is
 * ever asked, because the secret goes along.
 */
export function resolveVendorUrl(
  baseUrl: URL,
  path: string,
  query: VendorRequest<unknown>['query'] = {},
): URL {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(path)
    ? parseWholeUrl(path)
    : new URL(
        `${baseUrl.href.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`,
      );
  if (url.origin !== baseUrl.origin || url.username || url.password) {
    throw new RefusedUrlError(
      `it would be at ${url.host}, and baseUrl is at ${baseUrl.host}`,
    );
  }
  // Names from annotations become parts of a path, and encoding leaves dots alone.
  if (DOT_SEGMENT.test(path.split(/[?#]/)[0])) {
    throw new RefusedUrlError(
      'a name in its path is "." or "..", which would ask for something else',
    );
  }
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) url.searchParams.append(name, String(item));
    }
  }
  return url;
}

function parseWholeUrl(path: string): URL {
  try {
    return new URL(path);
  } catch {
    throw new RefusedUrlError('its address is not a URL');
  }
}
