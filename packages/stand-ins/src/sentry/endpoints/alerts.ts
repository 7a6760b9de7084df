import { SentryHttpError } from '../errors';
import type { EndpointRegistry } from '../http';
import { issueRule, metricRules } from '../model/alertRules';
import { detectors, workflow } from '../model/monitors';
import { sendPage } from '../query/paging';
import { readOrganization, readProjects } from '../query/parameters';

const SCOPES = ['alerts:read', 'alerts:write', 'org:read', 'org:admin'];
const PROJECT_SCOPES = [...SCOPES, 'project:read', 'project:write'];

/** Monitors and alerts of today, and the rules before them. */
export function registerAlerts(
  endpoints: EndpointRegistry,
  options: { hasDetectors: boolean },
): void {
  const organization = '/organizations/:organization';
  if (options.hasDetectors) {
    endpoints.get(`${organization}/detectors/`, SCOPES, context =>
      sendPage(context, detectors(context), { serialize: row => row }),
    );
    endpoints.get(`${organization}/workflows/`, SCOPES, context =>
      sendPage(context, [workflow(context)], { serialize: row => row }),
    );
  }
  endpoints.get(`${organization}/alert-rules/`, SCOPES, context =>
    sendPage(context, metricRules(context), { serialize: row => row }),
  );
  endpoints.get(`${organization}/combined-rules/`, SCOPES, context => {
    const rows = [
      ...metricRules(context).map(rule => ({ type: 'alert_rule', ...rule })),
      ...readProjects(context).map(project => ({
        type: 'rule',
        ...issueRule(project),
      })),
    ];
    const type = context.query.get('alertType');
    sendPage(
      context,
      rows.filter(row => !type || row.type === type),
      { serialize: row => row },
    );
  });
  endpoints.get(
    '/projects/:organization/:project/rules/',
    PROJECT_SCOPES,
    context => {
      const wanted = context.request.params.project;
      const project = readOrganization(context).projects.find(
        ({ definition }) =>
          definition.slug === wanted || definition.id === wanted,
      );
      if (!project) throw SentryHttpError.notFound();
      sendPage(context, [issueRule(project)], { serialize: row => row });
    },
  );
}
