import { z } from 'zod/v4';

/** A request to a vendor.
 * @public
 */
export interface VendorRequest<T> {
  /** Names the call in errors, logs and metrics, as in "list issues": one of a few, so without ids. */
  operation: string;
  /** Joined to the base URL, whose own path is kept. A whole URL is refused when its origin is another. */
  path: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A list repeats the parameter; `undefined` leaves it out. */
  query?: Record<
    string,
    string | number | boolean | undefined | Array<string | number>
  >;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** What the answer is: `text` is handed to the schema as it came. Default: `json`. */
  responseType?: 'json' | 'text';
  /** What the answer must look like; anything else is `malformed`. */
  schema: z.ZodType<T>;
  signal?: AbortSignal;
  /** Whether a failed attempt may be sent again. Default: only for GET. */
  idempotent?: boolean;
}

/** @public */
export interface VendorResponse<T> {
  body: T;
  status: number;
  headers: Headers;
}

/**
 * The one way in which modules talk to vendors: it waits its turn, gives up in
 * time, sends again what may be sent again, and turns every failure into a
 * `ProviderError`.
 *
 * @public
 */
export interface VendorClient {
  /** Throws `ProviderError`, with `statusCode` where the vendor answered. */
  request<T>(request: VendorRequest<T>): Promise<VendorResponse<T>>;
}
