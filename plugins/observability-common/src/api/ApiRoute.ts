import { z } from 'zod/v4';

/**
 * One route of the HTTP API as data: what the router parses with, what clients
 * send and get, and what the OpenAPI document is made from.
 *
 * @public
 */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the plugin's base path, with parameters as `{name}`. */
  path: string;
  operationId: string;
  /** One line, for the list of operations. */
  summary: string;
  description?: string;
  /** What the operations are grouped by. */
  tag: string;
  parameters?: {
    path?: z.ZodObject;
    query?: z.ZodObject;
  };
  requestBody?: z.ZodType;
  /** By status code; `null` answers without a body. */
  responses: Record<number, z.ZodType | null>;
  /** What a 200 can be written as besides JSON, or instead of it where the answer is `null`, such as `text/csv`. */
  otherMediaTypes?: readonly string[];
  /** Whether it is answered without signing in. */
  isPublic?: boolean;
  /** Whether it honours an `Idempotency-Key`; 409 and 422 are then answers of its. */
  isIdempotent?: boolean;
  /** What the caller must be allowed, besides reading the entity. */
  permission?: string;
}
