import type { Router } from 'express';
import type { ProjectModel } from '../model/ProjectModel';
import { writeExposition } from '../model/exposition';

/**
 * The metrics of a project. The vendor serves them on a host of the project's
 * own; here that host is the first part of the path.
 */
export function registerMetrics(
  router: Router,
  options: { projects: () => readonly ProjectModel[]; now: () => number },
): void {
  router.get(
    '/metrics/:ref/customer/v1/privileged/metrics',
    (request, response) => {
      const project = options
        .projects()
        .find(other => other.ref === request.params.ref);
      if (!project) {
        response.status(404).json({ message: 'Not found' });
        return;
      }
      const expected = Buffer.from(
        `service_role:${project.definition.serviceRoleKey}`,
      ).toString('base64');
      if (request.get('authorization') !== `Basic ${expected}`) {
        response
          .status(401)
          .set('WWW-Authenticate', 'Basic realm="metrics"')
          .type('text')
          .end('Unauthorized');
        return;
      }
      if (project.state.status === 'INACTIVE') {
        response.status(540).type('text').end('Project paused');
        return;
      }
      response
        .status(200)
        .type('text/plain; version=0.0.4; charset=utf-8')
        .end(writeExposition(project, options.now()));
    },
  );
}
