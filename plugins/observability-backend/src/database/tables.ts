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
  /** SQLite has no booleans: 0 or 1 there. */
  problem_is_partial: boolean | number;
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

export interface DailySampleRow {
  series_id: number;
  day: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  p50: number | null;
  p95: number | null;
  hours: Buffer | null;
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
  database: string | null;
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

export interface RestoreTestRow {
  id: string;
  entity_ref: string;
  signal_id: string | null;
  at: string;
  result: string;
  note: string | null;
  recorded_by: string;
  recorded_at: string;
}

export interface IdempotentRequestRow {
  id: string;
  body_hash: string;
  claim: string;
  claimed_until: string;
  created_at: string;
  status: number | null;
  content_type: string | null;
  body: string | null;
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

/** Its times are seconds since 1970, which PostgreSQL hands over as text. */
export interface MonitorRow {
  id: number;
  provider: string;
  instance: string;
  monitor_id: string;
  name: string;
  url: string | null;
  state: string;
  since: number | string;
  /** SQLite has no booleans: 0 or 1 there. */
  has_reason: boolean | number;
  known_since: number | string;
  observed_at: number | string;
  stale_at: number | string;
  summed_until: number;
}

export interface TargetMonitorRow {
  target_id: number;
  monitor_id: number;
  position: number;
}

/** Its times are seconds since 1970, which PostgreSQL hands over as text. */
export interface MonitorIntervalRow {
  monitor_id: number;
  started_at: number | string;
  ended_at: number | string | null;
  state: string;
  reason: string | null;
}

export interface MonitorDayRow {
  monitor_id: number;
  day: number;
  up: number;
  degraded: number;
  down: number;
  maintenance: number;
  paused: number;
  outages: number;
}

export interface OnCallScheduleRow {
  name: string;
  origin: string;
  location: string | null;
  owner_ref: string | null;
  version: number;
  created_at: string;
  deleted_at: string | null;
  recorded_until: string | null;
}

export interface OnCallVersionRow {
  schedule: string;
  version: number;
  definition: string;
  effective_from: string;
  created_by: string;
  created_at: string;
}

export interface OnCallOverrideRow {
  id: string;
  schedule: string;
  start_at: string;
  end_at: string;
  level: string | null;
  add_ref: string | null;
  remove_ref: string | null;
  reason: string | null;
  created_by: string;
  created_at: string;
}

export interface OnCallSwapRow {
  id: string;
  schedule: string;
  level: string;
  start_at: string;
  end_at: string;
  from_ref: string;
  to_ref: string | null;
  state: string;
  created_at: string;
  shift_key: string | null;
  shift_start_at: string | null;
  shift_end_at: string | null;
}

export interface OnCallNoticeRow {
  schedule: string;
  kind: string;
  occurrence: string;
  person: string;
  level: string;
  start_at: string;
  state: string;
  decided_at: string;
}

export interface OnCallTickRow {
  schedule: string;
  shift_key: string;
  item_id: string;
  /** SQLite has no booleans: 0 or 1 there. */
  done: boolean | number;
  changed_by: string;
  changed_at: string;
}

export interface OnCallHandoffNoteRow {
  schedule: string;
  shift_key: string;
  version: number;
  text: string;
  edited_by: string;
  edited_at: string;
}

export interface OnCallHandoffSignatureRow {
  shift_key: string;
  role: string;
  signed_by: string;
  signed_at: string;
}

export interface OnCallShiftRow {
  schedule: string;
  level: string;
  start_at: string;
  end_at: string;
  shift_key: string;
  people: string;
  source: string;
}

export interface OnCallSourceRow {
  location: string;
  problems: string;
  etag: string | null;
}

export interface ExternalSourceRow {
  provider: string;
  instance: string;
  title: string;
  reading_id: string | null;
  state: string | null;
  problem: string | null;
  observed_at: string | null;
  unknown_services: string;
}

export interface ExternalScheduleRow {
  name: string;
  provider: string;
  instance: string;
  external_id: string;
  title: string;
  url: string | null;
  time_zone: string;
  owner_ref: string | null;
  levels: string;
  known_from: string;
  known_until: string;
  observed_at: string;
  deleted_at: string | null;
}

export interface ExternalServiceRow {
  schedule: string;
  service_id: string;
}

export interface ExternalShiftRow {
  schedule: string;
  level: string;
  start_at: string;
  end_at: string | null;
  people: string;
  layer: string | null;
}

export interface OnCallFeedRow {
  id: string;
  token_hash: string;
  owner_ref: string;
  schedule: string | null;
  label: string;
  created_at: string;
  last_used_on: string | null;
  revoked_at: string | null;
}

export interface OnCallCalendarRow {
  audience: string;
  revision: string;
}

export interface OnCallCalendarEventRow {
  audience: string;
  shift_key: string;
  schedule: string;
  level: string;
  start_at: string;
  end_at: string;
  people: string;
  sequence: number;
  modified_at: string;
  cancelled_at: string | null;
}

export interface EntityRunbookLocationRow {
  entity_ref: string;
  position: number;
  kind: string;
  location: string;
  base: string | null;
  title: string | null;
  annotation: string;
}

export interface RunbookSourceRow {
  id: string;
  location: string;
  kind: string;
  title: string | null;
  entity_refs: string;
  settings_hash: string;
  etag: string | null;
  read_at: string | null;
  next_run_at: string;
  omission: string | null;
  problem: string | null;
  problem_since: string | null;
  claim: string | null;
  claimed_until: string | null;
}

export interface RunbookRow {
  id: string;
  revision: string;
  url: string;
  path: string | null;
  edit_url: string | null;
  title: string;
  summary: string;
  search: string;
  text: string | null;
  content_hash: string;
  read_at: string;
  changed_at: string | null;
}

export interface RunbookDocumentRow {
  source_id: string;
  url_hash: string;
  runbook_id: string;
  content_hash: string;
}

export interface RunbookRunRow {
  id: string;
  runbook_id: string;
  title: string;
  entity_ref: string | null;
  incident_id: string | null;
  entity_refs: string;
  content_hash: string;
  steps: string;
  step_count: number;
  settled_count: number;
  version: number;
  started_at: string;
  started_by: string;
  taken_over_at: string | null;
  taken_over_by: string | null;
  finished_at: string | null;
  finished_by: string | null;
  outcome: string | null;
  changed_at: string;
}

export interface RunbookRunStepRow {
  run_id: string;
  step_index: number;
  state: string;
  note: string | null;
  changed_by: string;
  changed_at: string;
  version: number;
}

export interface RunbookLinkRow {
  id: string;
  url: string;
  /** SQLite has no booleans: 0 or 1 there. */
  is_dead: boolean | number;
  dead_since: string | null;
  failures: number;
  next_check_at: string;
}

export interface RunbookCoverageDayRow {
  day: string;
  entity_ref: string;
  owner_ref: string | null;
  ok: number;
  total: number;
}

export interface IncidentNumberRow {
  id: number;
  last: number;
}

export interface IncidentRow {
  id: string;
  number: number;
  document: string;
  severity: string;
  state: string;
  list_rank: number;
  search_text: string;
  declared_at: string;
  changed_at: string;
  resolved_at: string | null;
  version: number;
  sequence: number;
}

export interface IncidentEntityRow {
  incident_id: string;
  entity_ref: string;
}

export interface IncidentTimelineRow {
  id: string;
  incident_id: string;
  sequence: number;
  at: string;
  recorded_at: string;
  kind: string;
  actor: string;
  text: string;
  data: string | null;
  corrects: string | null;
  source_key: string | null;
}

export interface IncidentPinRow {
  entry_id: string;
  incident_id: string;
  pinned_by: string;
  pinned_at: string;
}

export interface IncidentUpdateDraftRow {
  incident_id: string;
  text: string;
  version: number;
  saved_by: string;
  saved_at: string;
}

export interface IncidentReminderRow {
  incident_id: string;
  clock: string;
  due_at: string;
  told_at: string;
}
