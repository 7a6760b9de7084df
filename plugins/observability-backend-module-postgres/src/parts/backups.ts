import { BackupItem } from '@watchkeeper/backstage-plugin-observability-common';
import { z } from 'zod/v4';
import { Ask } from '../connection/Session';

const SQL = `
  select /* watchkeeper */
    current_setting('archive_mode') as mode,
    extract(epoch from last_archived_time)::float8 as "archivedAt",
    extract(epoch from last_failed_time)::float8 as "failedAt",
    failed_count::float8 as failures
  from pg_stat_archiver`;

const rowSchema = z.object({
  mode: z.string(),
  archivedAt: z.number().nullable(),
  failedAt: z.number().nullable(),
  failures: z.number(),
});
/** How the archiving of the log is doing. */
export type Archiver = z.infer<typeof rowSchema>;

/**
 * What SQL knows of backups: whether the log is archived, without which no
 * point in time can be recovered. Base backups are made outside, so nothing is
 * said of them.
 */
export async function readArchiving(
  ask: Ask,
  server: { standby: boolean },
): Promise<BackupItem | undefined> {
  const [archiver] = await ask(SQL, rowSchema);
  // A standby archives only where it is told to.
  const archives = server.standby
    ? archiver.mode === 'always'
    : archiver.mode === 'on' || archiver.mode === 'always';
  return archives ? archivingItem(archiver) : undefined;
}

/** Failing is what failed after the last success: the server tries again for ever. */
export function archivingItem({
  archivedAt,
  failedAt,
  failures,
}: Omit<Archiver, 'mode'>): BackupItem {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  if (failedAt !== null && (archivedAt === null || failedAt > archivedAt)) {
    return {
      check: 'pitr',
      passed: false,
      detail: `Archiving the log fails: the last attempt, at ${at(
        failedAt,
      )}, did; ${
        archivedAt === null
          ? 'none has succeeded'
          : `the last success was at ${at(archivedAt)}`
      } (${failures} failures since counting began)`,
    };
  }
  return archivedAt === null
    ? {
        check: 'pitr',
        passed: null,
        detail: 'Archiving the log is on; nothing has been archived yet',
      }
    : {
        check: 'pitr',
        passed: true,
        detail: `The log is archived, last at ${at(archivedAt)}`,
      };
}
