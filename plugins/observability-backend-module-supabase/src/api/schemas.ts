import {
  optionalFlag,
  optionalNumber,
  optionalText,
  readableItems,
} from '@watchkeeper/backstage-plugin-observability-node';
import { z } from 'zod/v4';

const projectSchema = z.object({
  ref: z.string().min(1),
  name: optionalText,
  status: optionalText,
  created_at: optionalText,
  database: z
    .object({ version: optionalText, postgres_engine: optionalText })
    .nullish()
    .catch(undefined),
});
/** A project as the list of projects has it. */
export type SupabaseProject = z.infer<typeof projectSchema>;
export const projectsSchema = readableItems(projectSchema);

const serviceSchema = z.object({
  name: z.string().min(1),
  status: optionalText,
  error: optionalText,
});
/** How one of a project's services is. */
export type SupabaseService = z.infer<typeof serviceSchema>;
export const servicesSchema = readableItems(serviceSchema);

const backupSchema = z.object({
  status: optionalText,
  inserted_at: optionalText,
});
export const backupsSchema = z.object({
  pitr_enabled: optionalFlag,
  backups: readableItems(backupSchema),
  physical_backup_data: z
    .object({
      earliest_physical_backup_date_unix: optionalNumber,
      latest_physical_backup_date_unix: optionalNumber,
    })
    .nullish()
    .catch(undefined),
});
/** What is kept of a project's database. */
export type SupabaseBackups = z.infer<typeof backupsSchema>;

const lintSchema = z.object({
  name: z.string().min(1),
  title: optionalText,
  level: optionalText,
  detail: optionalText,
  description: optionalText,
  remediation: optionalText,
  metadata: z
    .object({
      schema: optionalText,
      name: optionalText,
      type: optionalText,
      fkey_name: optionalText,
    })
    .nullish()
    .catch(undefined),
  cache_key: optionalText,
});
/** What an advisor found. */
export type SupabaseLint = z.infer<typeof lintSchema>;
export const advisorSchema = z.object({ lints: readableItems(lintSchema) });

export const diskUsageSchema = z.object({
  metrics: z.object({
    fs_size_bytes: z.number().positive(),
    fs_avail_bytes: z.number().nonnegative(),
  }),
});

export const readOnlySchema = z.object({ enabled: z.boolean() });

export const settingsSchema = z.object({ max_connections: optionalNumber });

const statementSchema = z.object({
  id: z.string().min(1),
  query: optionalText,
  calls: optionalNumber,
  rows: optionalNumber,
  mean_ms: optionalNumber,
  max_ms: optionalNumber,
  total_ms: optionalNumber,
});
/** A row of the answer to `STATEMENTS_SQL`. */
export type StatementRow = z.infer<typeof statementSchema>;
export const statementsSchema = readableItems(statementSchema);
