import { HumanDuration } from '@backstage/types';

export interface Config {
  observability?: {
    /** What is read from UptimeRobot. */
    uptimeRobot?: {
      /** One for each account, or each key. */
      instances?: Array<{
        /**
         * The instance's identity: under another name it is another source.
         * Default: `default`.
         */
        name?: string;
        /**
         * A key of the account: read-only is enough. The key of a single monitor
         * reads that monitor alone.
         * @visibility secret
         */
        apiKey: string;
        /** Where the API is. Default: `https://api.uptimerobot.com`. */
        baseUrl?: string;
        /**
         * What a webhook to `/api/events/http/observability-uptimerobot` has to
         * carry in the header `X-Watchkeeper-Token`, or as `token` in its JSON.
         * @visibility secret
         */
        webhookSecret?: string;
        /** How often it is read. Default: `observability.schedule`. */
        schedule?: {
          frequency?: HumanDuration | string;
          timeout?: HumanDuration | string;
        };
      }>;
    };
  };
  /** The settings of the community's plugins; used where there is no `observability.uptimeRobot`. */
  uptimerobot?: {
    /** @visibility secret */
    apiKey?: string;
    apiKeys?: Array<{
      name?: string;
      /** @visibility secret */
      key?: string;
    }>;
  };
}
