import { HumanDuration } from '@backstage/types';

export interface Config {
  observability?: {
    /** What is read from Sentry. */
    sentry?: {
      /** One for each organisation, on sentry.io or installations of one's own. */
      instances?: Array<{
        /**
         * The instance's identity: under another name it is another source.
         * Default: `default`.
         */
        name?: string;
        /** The slug of the organisation. */
        organization: string;
        /**
         * A token of an internal integration or of an organisation, with the
         * scopes `org:read`, `project:read` and `event:read`.
         * @visibility secret
         */
        token: string;
        /**
         * Where Sentry is, with its path where it is not at the root. Default:
         * `https://sentry.io`.
         */
        baseUrl?: string;
        /**
         * The client secret of the internal integration whose webhooks are sent
         * to `/api/events/http/observability-sentry`.
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
  /** The settings of `@backstage-community/plugin-sentry`; used where there is no `observability.sentry`. */
  sentry?: {
    organization?: string;
  };
}
