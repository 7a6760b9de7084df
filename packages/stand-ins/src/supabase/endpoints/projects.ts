import { SupabaseHttpError } from '../errors';
import type { EndpointRegistry } from '../http';
import type { ProjectModel } from '../model/ProjectModel';

const SERVICES = [
  'auth',
  'db',
  'db_postgres_user',
  'pooler',
  'realtime',
  'rest',
  'storage',
  'pg_bouncer',
];

/** What the project list, a project and the health of its services say. */
export function registerProjects(endpoints: EndpointRegistry): void {
  endpoints.get('/v1/projects', ({ response, projects }) => {
    response.json(projects.map(serializeProject));
  });
  endpoints.project('get', '', ({ response, project }) => {
    response.json(serializeProject(project));
  });
  endpoints.project('get', '/health', ({ response, project, query }) => {
    // The document means repeated parameters; its examples separate by commas.
    const asked = query.getAll('services').flatMap(part => part.split(','));
    if (asked.length === 0 || asked.some(name => !SERVICES.includes(name))) {
      throw new SupabaseHttpError(
        400,
        `services: each value must be one of ${SERVICES.join(', ')}`,
      );
    }
    if (project.state.status === 'INACTIVE') {
      throw new SupabaseHttpError(400, 'Project is paused');
    }
    response.json(asked.map(name => serializeService(project, name)));
  });
}

function serializeProject({ definition, createdMs, state }: ProjectModel) {
  return {
    id: definition.ref,
    ref: definition.ref,
    organization_id: definition.organization,
    organization_slug: definition.organization,
    name: definition.name,
    region: definition.region,
    created_at: new Date(createdMs).toISOString(),
    status: state.status,
    database: {
      host: `db.${definition.ref}.supabase.co`,
      version: definition.version,
      postgres_engine: definition.version.split('.')[0],
      release_channel: 'ga',
    },
  };
}

function serializeService({ state }: ProjectModel, name: string) {
  const { status, error } = state.services[name] ?? {
    status: 'ACTIVE_HEALTHY',
    error: undefined,
  };
  const healthy = status === 'ACTIVE_HEALTHY';
  return {
    name,
    healthy,
    status,
    ...(healthy ? informationOf(name) : {}),
    ...(error ? { error } : {}),
  };
}

function informationOf(name: string) {
  switch (name) {
    case 'auth':
      return {
        info: {
          name: 'GoTrue',
          version: 'v2.180.0',
          description: 'Signs people in',
        },
      };
    case 'realtime':
      return {
        info: {
          healthy: true,
          db_connected: true,
          replication_connected: true,
          connected_cluster: 1,
        },
      };
    case 'rest':
      return { info: { db_schema: 'public' } };
    default:
      return {};
  }
}
