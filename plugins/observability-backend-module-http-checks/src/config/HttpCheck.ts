import { JsonValue } from '@backstage/types';
import { JSONPathQuery } from 'json-p3';

/** One check, as configured. */
export interface HttpCheck {
  name: string;
  url: string;
  method: string;
  /** Each value may be a secret. */
  headers: Record<string, string>;
  body?: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  downAfterSeconds: number;
  expect: Expectations;
  followRedirects: boolean;
  allowPrivateNetworks: boolean;
}

/** What a good answer is. */
export interface Expectations {
  status: StatusRange[];
  body?: string;
  bodyContains?: string;
  json: { path: string; query: JSONPathQuery; equals: JsonValue }[];
  headers: Record<string, string>;
  responseMs?: number;
}

/** Both ends belong to it. */
export interface StatusRange {
  from: number;
  to: number;
}
