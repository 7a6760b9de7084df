/**
 * What a stand-in of Supabase is about, in offsets from the moment it starts.
 *
 * @public
 */
export interface SupabaseWorld {
  describe(): SupabaseProjectDefinition[];
}

/** @public */
export interface SupabaseProjectDefinition {
  /** Twenty lower-case letters. */
  ref: string;
  name: string;
  organization: string;
  region: string;
  /** Of the project, before the start: negative milliseconds. */
  createdAt: number;
  /** As the vendor writes it: `15.8.1.085`. */
  version: string;
  /** The key that the metrics endpoint asks for. */
  serviceRoleKey: string;
  /** When the machine was started: negative milliseconds. Counters begin there. */
  bootedAt: number;
  cpus: number;
  memoryBytes: number;
  diskBytes: number;
  /** Of the database itself. */
  sizeBytes: number;
  state: SupabaseProjectState;
}

/**
 * What a project is like at present, and may be changed.
 *
 * @public
 */
export interface SupabaseProjectState {
  /** `ACTIVE_HEALTHY`, `INACTIVE` (paused) and so on; may be one the vendor has not thought of. */
  status: string;
  /** Fractions, about which the true values move a little. */
  cpu: number;
  memory: number;
  disk: number;
  cacheHit: number;
  connections: { used: number; max: number };
  /** Where it follows another server. */
  replicationLagSeconds?: number;
  readOnly: boolean;
  /** By name; those that are not named are healthy. */
  services: Record<string, { status: string; error?: string }>;
  statements: SupabaseStatement[];
  /** Whether `pg_stat_statements` is installed. */
  hasStatements: boolean;
  backups: SupabaseBackups;
  lints: { performance: SupabaseLint[]; security: SupabaseLint[] };
  /** Endpoints that the plan does not have, by the ends of their paths. */
  notInPlan: string[];
  /** Families of the metrics that are left out. */
  withoutFamilies: string[];
}

/** A statement as `pg_stat_statements` counts it.
 * @public
 */
export interface SupabaseStatement {
  query: string | null;
  callsPerHour: number;
  meanMs: number;
  maxMs: number;
  /** By call. */
  rows: number;
}

/** One backup a day.
 * @public
 */
export interface SupabaseBackups {
  pitr: boolean;
  /** How long before the start the last one was made; `null` for none at all. */
  lastAgeMs: number | null;
  keptDays: number;
  /** They go on; otherwise that was the last one. */
  goOn: boolean;
}

/** @public */
export interface SupabaseLint {
  name: string;
  title: string;
  level: string;
  description: string;
  detail: string;
  remediation: string;
  metadata?: Record<string, unknown>;
  cacheKey: string;
}

/**
 * Changes the scenario from now on.
 *
 * @public
 */
export interface SupabaseScenarioChange {
  /** Reference or name; all projects by default. */
  project?: string;
  change?: Partial<SupabaseProjectState>;
  /** Starts the machine anew: its counters begin at nothing. */
  restart?: boolean;
}
