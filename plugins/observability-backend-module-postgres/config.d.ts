import { HumanDuration } from '@backstage/types';

export interface Config {
  observability?: {
    /** PostgreSQL databases that are read directly. */
    postgres?: {
      /** One for each database. */
      databases?: Array<{
        /**
         * What annotations call it, and its identity: under another name it is
         * another source.
         */
        name: string;
        /**
         * Where it is and as whom it is read:
         * `postgresql://watchkeeper:password@host:5432/database`.
         * @visibility secret
         */
        connectionString: string;
        /** How long one question to it may take. Default: 5 seconds. */
        statementTimeout?: HumanDuration | string;
        /**
         * Whether the connection is encrypted; `false` by default, unless the
         * connection string says otherwise (`sslmode=verify-full`).
         */
        ssl?:
          | boolean
          | {
              /** Certificates of a private authority, in PEM. */
              ca?: string;
              /** `false` takes any certificate. Default: `true`. */
              rejectUnauthorized?: boolean;
            };
      }>;
      /** How often they are read. Default: `observability.schedule`. */
      schedule?: {
        frequency?: HumanDuration | string;
        timeout?: HumanDuration | string;
      };
    };
  };
}
