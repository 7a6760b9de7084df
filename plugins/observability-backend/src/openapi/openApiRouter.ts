import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  ApiRoute,
  createOpenApiDocument,
  healthRoutes,
  incidentRoutes,
  onCallFeedRoutes,
  onCallHandoffRoutes,
  onCallRoutes,
  openApiRoute,
  restoreTestRoutes,
  runbookRoutes,
  uptimeRoutes,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { version } from '../../package.json';

/** Every route that the plugin serves. */
export const ROUTES: readonly ApiRoute[] = [
  ...healthRoutes,
  ...uptimeRoutes,
  ...restoreTestRoutes,
  ...onCallRoutes,
  ...onCallHandoffRoutes,
  ...onCallFeedRoutes,
  ...runbookRoutes,
  ...incidentRoutes,
  openApiRoute,
];

/** Serves the OpenAPI document of all routes. */
export async function createOpenApiRouter(options: {
  httpAuth: HttpAuthService;
}): Promise<express.Router> {
  const { httpAuth } = options;
  const document = createOpenApiDocument({
    title: 'Watchkeeper',
    version,
    routes: ROUTES,
  });
  const router = Router();
  router.get(openApiRoute.path, async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json(document);
  });
  return router;
}
