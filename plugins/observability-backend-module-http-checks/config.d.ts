import { HumanDuration, JsonValue } from '@backstage/types';

export interface Config {
  observability?: {
    /** Checks that the portal makes itself, over HTTP. */
    httpChecks?: {
      checks?: Array<{
        /** What entities call it in their annotation; also its name on pages. */
        name: string;
        /** What is asked: http or https. Pages show it without its query. */
        url: string;
        /** Default: `GET`. */
        method?: string;
        /**
         * Sent with each request; never to another origin than that of the URL.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /**
         * The body that is sent.
         * @visibility secret
         */
        body?: string;
        /** How often it is checked, from 30 seconds on. Default: 5 minutes. */
        interval?: HumanDuration | string;
        /** For the whole answer; shorter than the interval. Default: 10 seconds. */
        timeout?: HumanDuration | string;
        /** How long it must fail before it counts as down. Default: 1 minute. */
        downAfter?: HumanDuration | string;
        /** What a good answer is. */
        expect?: {
          /** `200`, `'200-299'`, `2xx`, or a list of such. Default: `2xx`. */
          status?: number | string | Array<number | string>;
          /** The whole body, without the white space around it. */
          body?: string;
          /** A part of the body. */
          bodyContains?: string;
          /** Values in a JSON body: a JSONPath (RFC 9535), and what all that it selects must be. */
          json?: Array<{ path: string; equals: JsonValue }>;
          /** Headers of the answer, by name. */
          headers?: { [name: string]: string };
          /** A slower answer is degraded, in milliseconds. */
          responseMs?: number;
        };
        /** At most five. Default: true. */
        followRedirects?: boolean;
        /** For this check alone; see below. */
        allowPrivateNetworks?: boolean;
      }>;
      /**
       * Lets checks reach private and loopback addresses. Link-local ones, where
       * clouds keep the credentials of machines, stay out of reach. Default: false.
       */
      allowPrivateNetworks?: boolean;
      /** How many run at once in one process. Default: 250. */
      maxConcurrent?: number;
      /** How often their results are taken over. Default: `observability.schedule`. */
      schedule?: {
        frequency?: HumanDuration | string;
        timeout?: HumanDuration | string;
      };
    };
  };
}
