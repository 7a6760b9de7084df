import type { EndpointRegistry } from '../http';
import type { ProjectModel } from '../model/ProjectModel';
import { answerSql } from '../model/sql';
import type { SupabaseLint } from '../world/types';

/** Backups, advice, settings and statements of a project. */
export function registerDatabase(endpoints: EndpointRegistry): void {
  endpoints.project(
    'get',
    '/database/backups',
    ({ response, project, nowMs }) => {
      response.json(serializeBackups(project, nowMs));
    },
  );
  for (const kind of ['performance', 'security'] as const) {
    endpoints.project('get', `/advisors/${kind}`, ({ response, project }) => {
      const lints = project.state.lints[kind];
      response.json({
        lints: lints.map(lint => serializeLint(lint, kind.toUpperCase())),
      });
    });
  }
  endpoints.project('get', '/config/disk', ({ response, project }) => {
    const gigabytes = Math.round(project.definition.diskBytes / 1e9);
    response.json({
      attributes: {
        type: 'gp3',
        iops: 3000,
        size_gb: gigabytes,
        throughput_mibps: 125,
      },
    });
  });
  endpoints.project(
    'get',
    '/config/disk/util',
    ({ response, project, nowMs }) => {
      const size = project.definition.diskBytes;
      const used = Math.round(size * project.state.disk);
      response.json({
        timestamp: new Date(nowMs).toISOString(),
        metrics: {
          fs_size_bytes: size,
          fs_avail_bytes: size - used,
          fs_used_bytes: used,
        },
      });
    },
  );
  endpoints.project('get', '/readonly', ({ response, project, nowMs }) => {
    response.json({
      enabled: project.state.readOnly,
      override_enabled: false,
      override_active_until: new Date(nowMs).toISOString(),
    });
  });
  endpoints.project(
    'get',
    '/config/database/postgres',
    ({ response, project }) => {
      response.json({
        max_connections: project.state.connections.max,
        shared_buffers: '1GB',
        statement_timeout: '2min',
      });
    },
  );
  endpoints.project(
    'post',
    '/database/query/read-only',
    ({ request, response, project, nowMs }) => {
      const { query } = Object(request.body) as { query?: unknown };
      const rows = answerSql(
        project,
        typeof query === 'string' ? query : '',
        nowMs,
      );
      response.status(201).set('cache-control', 'no-cache').json(rows);
    },
  );
}

function serializeBackups(project: ProjectModel, nowMs: number) {
  const { pitr } = project.state.backups;
  const made = project.backupsAt(nowMs);
  const unix = (timeMs: number) => Math.floor(timeMs / 1000);
  const newest = made[0];
  const oldest = made[made.length - 1];
  return {
    region: project.definition.region,
    walg_enabled: true,
    pitr_enabled: pitr,
    // With recovery to a point in time there are no single backups to list.
    backups: pitr
      ? []
      : made.map(({ id, atMs }) => ({
          id,
          is_physical_backup: true,
          status: 'COMPLETED',
          inserted_at: new Date(atMs).toISOString(),
        })),
    physical_backup_data:
      pitr && newest
        ? {
            earliest_physical_backup_date_unix: unix(oldest.atMs),
            latest_physical_backup_date_unix: unix(newest.atMs),
          }
        : {},
  };
}

function serializeLint(lint: SupabaseLint, category: string) {
  const { cacheKey, ...rest } = lint;
  return {
    ...rest,
    facing: 'EXTERNAL',
    categories: [category],
    cache_key: cacheKey,
  };
}
