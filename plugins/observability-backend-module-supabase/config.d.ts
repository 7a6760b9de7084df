import { HumanDuration } from '@backstage/types';

export interface Config {
  observability?: {
    /** What is read from Supabase. */
    supabase?: {
      /** One for each access token. */
      instances?: Array<{
        /**
         * The instance's identity: under another name it is another source.
         * Default: `default`.
         */
        name?: string;
        /**
         * A personal access token, or one of an OAuth application, that may read
         * projects, database, backups and advisors.
         * @visibility secret
         */
        accessToken: string;
        /** Where the Management API is. Default: `https://api.supabase.com`. */
        baseUrl?: string;
        /**
         * The projects whose metrics are read: CPU, memory, disk, connections.
         * Projects that are not here show the rest.
         */
        projects?: Array<{
          /** The project's reference: twenty letters. */
          ref: string;
          /**
           * The project's secret key (`sb_secret_…`) or its older service role
           * key. It goes to the metrics of this project and nowhere else.
           * @visibility secret
           */
          serviceRoleKey: string;
          /**
           * Where its metrics are. Default:
           * `https://<ref>.supabase.co/customer/v1/privileged/metrics`.
           */
          metricsUrl?: string;
        }>;
        /** How often it is read. Default: `observability.schedule`. */
        schedule?: {
          frequency?: HumanDuration | string;
          timeout?: HumanDuration | string;
        };
      }>;
    };
  };
}
