import { HumanDuration } from '@backstage/types';

export interface Config {
  observability?: {
    /** Who is on call, as PagerDuty says it. */
    pagerDuty?: {
      accounts?: Array<{
        /**
         * The account's identity, which `pagerduty.com/account` names: under
         * another name it is another source. Default: `default`.
         */
        name?: string;
        /**
         * A key of the REST API; a read-only one suffices, unless overrides are
         * allowed.
         * @visibility secret
         */
        apiToken: string;
        /**
         * Default: `https://api.pagerduty.com`; `https://api.eu.pagerduty.com`
         * in the EU.
         */
        baseUrl?: string;
        /**
         * The secret of a webhook subscription that is sent to
         * `/api/events/http/observability-pagerduty`.
         * @visibility secret
         */
        webhookSecret?: string;
        /** Whether overrides made in the portal are written to PagerDuty. Default: no. */
        allowOverrides?: boolean;
        /** How often it is read. Default: `observability.schedule`. */
        schedule?: {
          frequency?: HumanDuration | string;
          timeout?: HumanDuration | string;
        };
      }>;
    };
  };
  /** The settings of PagerDuty's own plugin; used where there is no `observability.pagerDuty`. */
  pagerDuty?: {
    apiBaseUrl?: string;
    /** @visibility secret */
    apiToken?: string;
    accounts?: Array<{
      id?: string;
      isDefault?: boolean;
      apiBaseUrl?: string;
      /** @visibility secret */
      apiToken?: string;
    }>;
  };
}
