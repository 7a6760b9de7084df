import { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  entityPathSchema,
  uptimeReportQuerySchema,
} from '@watchkeeper/backstage-plugin-observability-common';
import express from 'express';
import Router from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import { uptimeReportCsv } from './uptimeReportCsv';
import { UptimeService } from './UptimeService';

/** The HTTP API of uptime: parse, authorize, call, answer. */
export async function createUptimeRouter(options: {
  uptime: UptimeService;
  httpAuth: HttpAuthService;
}): Promise<express.Router> {
  const { uptime, httpAuth } = options;
  const router = Router();

  router.get(
    '/v1/entities/:kind/:namespace/:name/uptime-report',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const entityRef = stringifyEntityRef(
        parseRequest(entityPathSchema, request.params),
      );
      const { month, format } = parseRequest(
        uptimeReportQuerySchema,
        request.query,
      );
      const report = await uptime.monthlyReport(
        { entityRef, month },
        credentials,
      );
      response.set('Cache-Control', 'private, no-cache');
      if (format === 'json') {
        response.json(report);
        return;
      }
      const { name } = parseEntityRef(entityRef);
      response
        .attachment(`uptime-${name}-${report.month}.csv`)
        .type('text/csv')
        .send(uptimeReportCsv(report));
    },
  );

  return router;
}
