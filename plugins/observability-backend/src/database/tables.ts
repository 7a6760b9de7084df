/** Row types of the tables in `migrations`. Instants are RFC 3339 text in UTC. */

export interface EntityRow {
  entity_ref: string;
  kind: string;
  title: string;
  owner_ref: string | null;
  system_ref: string | null;
  search_text: string;
  thresholds: string;
  misconfigurations: string;
  misconfigured_since: string | null;
  hash: string;
  refresh_requested_at: string | null;
}

export interface EntityRelationRow {
  source_ref: string;
  type: string;
  target_ref: string;
}

export interface TargetRow {
  id: number;
  provider: string;
  instance: string;
  target_key: string;
  kinds: string;
  /** SQLite has no booleans: 0 or 1 there. */
  candidate: boolean | number;
  listed: boolean | number | null;
  details: string | null;
  state: string | null;
  requested_at: string | null;
}

export interface EntityTargetRow {
  entity_ref: string;
  target_id: number;
  position: number;
}

export interface ProblemColumns {
  problem_code: string | null;
  problem_message: string | null;
  problem_since: string | null;
  problem_retry_at: string | null;
}

export interface SnapshotRow extends ProblemColumns {
  target_id: number;
  kind: string;
  observed_at: string | null;
  stale_at: string | null;
  url: string | null;
  measurements: string | null;
  summary: string | null;
  data: string | null;
}

export interface SeriesRow {
  id: number;
  target_id: number;
  metric: string;
  subject: string;
}

export interface RawSampleRow {
  series_id: number;
  at: number;
  value: number;
}

export interface HourlySampleRow {
  series_id: number;
  at: number;
  count: number;
  sum: number;
  min: number;
  max: number;
}

export interface ProviderInstanceRow extends ProblemColumns {
  provider: string;
  instance: string;
  state: string | null;
  cycle_id: string | null;
  last_run_at: string | null;
  last_success_at: string | null;
}

export interface SignalStateRow {
  entity_ref: string;
  target_id: number;
  kind: string;
  status: string;
  since: string | null;
  reasons: string;
  breaches: string;
}

export interface EntityHealthRow {
  entity_ref: string;
  status: string | null;
  rank: number;
  since: string | null;
  sort_since: string;
  reasons: string;
  search_text: string;
  reason_count: number;
  signal_counts: string;
  errors: string | null;
  episode_id: string | null;
}

export interface TransitionRow {
  id: string;
  entity_ref: string;
  signal_id: string | null;
  metric: string | null;
  subject_id: string | null;
  subject_name: string | null;
  from_status: string | null;
  to_status: string | null;
  at: string;
  message: string | null;
}

export interface OutboxRow {
  id: number;
  kind: string;
  subject: string;
  occurrence: string;
  payload: string;
  created_at: string;
  not_before: string;
  sent_at: string | null;
  attempts: number;
}
