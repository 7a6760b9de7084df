import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { ObservabilityRequestOptions } from './requestOptions';

/** How many answers are kept to be confirmed instead of sent again. */
const REMEMBERED_ANSWERS = 30;

interface Answer {
  etag: string;
  body: unknown;
}

/**
 * What the clients of all parts share: how a document of the back end is read,
 * and how a change is sent.
 *
 * The schemas of the model are not run over the answers: they would cost every
 * visitor more to download than all else of this plugin, and both ends come
 * from the same model. An answer that is plainly not ours, such as the sign-in
 * page of a proxy, is an error.
 */
export class ObservabilityHttp {
  readonly #fetchApi: FetchApi;
  readonly #answers = new Map<string, Answer>();

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  /** Reads a document; one that has not changed since is only confirmed. */
  async read<T>(
    path: string,
    isOurs: (body: Record<string, unknown>) => boolean,
    options?: ObservabilityRequestOptions,
  ): Promise<T> {
    const known = this.#answers.get(path);
    const response = await this.#fetchApi.fetch(urlOf(path), {
      headers: {
        accept: 'application/json',
        ...(known && { 'if-none-match': known.etag }),
      },
      signal: options?.signal,
    });
    if (response.status === 304 && known) {
      return known.body as T;
    }
    if (!response.ok) {
      this.#answers.delete(path);
      throw await ResponseError.fromResponse(response);
    }
    const body = await bodyOf<T>(response, isOurs);
    this.#remember(path, response.headers.get('etag'), body);
    return body;
  }

  /** Reads a list that is not paged. */
  async readItems<T>(
    path: string,
    options?: ObservabilityRequestOptions,
  ): Promise<T[]> {
    const { items } = await this.read<{ items: T[] }>(
      path,
      body => Array.isArray(body.items),
      options,
    );
    return items;
  }

  /**
   * Sends a change. With an `idempotencyKey`, sending the same again changes
   * nothing more: whoever got no answer may ask again.
   */
  async send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: {
      body?: object;
      idempotencyKey?: string;
      signal?: AbortSignal;
    } = {},
  ): Promise<Response> {
    const { body, idempotencyKey, signal } = options;
    return this.#fetch(path, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal,
    });
  }

  /** Sends something and reads the document that answers it. */
  async exchange<T>(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    isOurs: (body: Record<string, unknown>) => boolean,
    options: {
      body: object;
      idempotencyKey?: string;
      signal?: AbortSignal;
    },
  ): Promise<T> {
    return bodyOf<T>(await this.send(method, path, options), isOurs);
  }

  /** Reads a file of that media type. */
  async readFile(path: string, mediaType: string): Promise<Blob> {
    const response = await this.#fetch(path, {
      headers: { accept: mediaType },
    });
    if (!response.headers.get('content-type')?.startsWith(mediaType)) {
      throw notOurs();
    }
    return response.blob();
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetchApi.fetch(urlOf(path), init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }

  #remember(path: string, etag: string | null, body: unknown) {
    this.#answers.delete(path);
    if (!etag) {
      return;
    }
    this.#answers.set(path, { etag, body });
    if (this.#answers.size > REMEMBERED_ANSWERS) {
      const [oldest] = this.#answers.keys();
      this.#answers.delete(oldest);
    }
  }
}

/** The part of an address behind its path; empty parameters are left out. */
export function queryOf(
  parameters: Record<string, string | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}

async function bodyOf<T>(
  response: Response,
  isOurs: (body: Record<string, unknown>) => boolean,
): Promise<T> {
  const body = await response.json();
  if (typeof body !== 'object' || body === null || !isOurs(body)) {
    throw notOurs();
  }
  return body;
}

function notOurs(): Error {
  return new Error('The answer is not one of the observability back end');
}

function urlOf(path: string): string {
  return `plugin://observability/v1/${path}`;
}
