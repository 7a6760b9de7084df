import { Headers } from 'undici';
import type { Asked, Failure } from './failures';
import type { VendorRequest } from './VendorClient';
import { RefusedUrlError, resolveVendorUrl } from './vendorUrl';

/** What is sent, as it is sent. */
export interface Attempt {
  asked: Asked;
  url: URL;
  method: string;
  headers: Headers;
  body: string | undefined;
}

/** Makes a request ready to be sent, or says why it must not be. */
export function prepareAttempt(options: {
  asked: Asked;
  request: VendorRequest<unknown>;
  baseUrl: URL;
  /** Of the client: they win over those of the request. */
  headers: Record<string, string>;
}): { attempt: Attempt } | { failure: Failure } {
  const { asked, request, baseUrl } = options;
  const { path, query, method = 'GET', body } = request;
  const refuse = (why: string): { failure: Failure } => ({
    failure: {
      code: 'misconfigured',
      message: `${asked.host} was not asked for "${asked.operation}": ${why}.`,
      transient: false,
    },
  });

  let url: URL;
  try {
    url = resolveVendorUrl(baseUrl, path, query);
  } catch (error) {
    if (!(error instanceof RefusedUrlError)) throw error;
    return refuse(error.message);
  }
  const headers = createHeaders(request, options.headers);
  if (!headers) {
    return refuse(
      'the token holds a character that cannot be sent, such as a line break',
    );
  }
  const text = body === undefined ? undefined : JSON.stringify(body);
  return { attempt: { asked, url, method, headers, body: text } };
}

function createHeaders(
  request: VendorRequest<unknown>,
  own: Record<string, string>,
): Headers | undefined {
  const headers = new Headers({
    accept: request.responseType === 'text' ? 'text/plain' : 'application/json',
    'user-agent': 'watchkeeper',
  });
  if (request.body !== undefined) {
    headers.set('content-type', 'application/json');
  }
  try {
    for (const [name, value] of Object.entries({
      ...request.headers,
      ...own,
    })) {
      headers.set(name, value);
    }
    return headers;
  } catch {
    // Its message quotes the value, so it ends here.
    return undefined;
  }
}
