import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

// instrumentation.js has started the SDK by now.
if (process.env.SENTRY_DSN) {
  backend.add(import('./modules/errorReporting'));
}

// Serves the built front end where there is one (production, browser tests).
backend.add(import('@backstage/plugin-app-backend'));

// Who is it, and what may they do. The person picker is the sign-in of the
// demo; a portal of your own adds the auth module of its identity provider.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./modules/personPicker'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./modules/demoPolicy'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@watchkeeper/backstage-plugin-catalog-backend-module-observability'),
);

// The PostgreSQL engine steps aside on SQLite, where search falls back to Lunr.
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(
  import('@watchkeeper/backstage-plugin-search-backend-module-observability'),
);

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
// Takes the vendors' webhooks, and carries signals between replicas.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-devtools-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@watchkeeper/backstage-plugin-observability-backend'));
backend.add(
  import(
    '@watchkeeper/backstage-plugin-observability-backend-module-http-checks'
  ),
);
backend.add(
  import('@watchkeeper/backstage-plugin-observability-backend-module-postgres'),
);
backend.add(
  import(
    '@watchkeeper/backstage-plugin-observability-backend-module-pagerduty'
  ),
);
backend.add(
  import('@watchkeeper/backstage-plugin-observability-backend-module-sentry'),
);
backend.add(
  import('@watchkeeper/backstage-plugin-observability-backend-module-supabase'),
);
backend.add(
  import(
    '@watchkeeper/backstage-plugin-observability-backend-module-uptimerobot'
  ),
);

backend.start();
