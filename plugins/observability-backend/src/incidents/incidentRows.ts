import {
  Incident,
  isOpenIncident,
  TimelineEntry,
  TimelineKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { fromJson, toStorable } from '../database/database';
import { IncidentRow, IncidentTimelineRow } from '../database/tables';
import { IncidentPosition, NewEntry, StoredIncident } from './IncidentStore';

/** Behind all that are open. */
const CLOSED_RANK = 9;

/** Where an incident stands in the list: open ones first, the worst first. */
export function rankOf({ state, severity }: Incident): number {
  return isOpenIncident(state) ? Number(severity.slice(-1)) : CLOSED_RANK;
}

/** The columns of an incident, without those that count. */
export function toIncidentColumns(incident: Incident, now: string) {
  const { title, headline, number } = incident;
  return {
    document: toStorable(JSON.stringify(incident)),
    severity: incident.severity,
    state: incident.state,
    list_rank: rankOf(incident),
    search_text: toStorable(
      [`INC-${number}`, title, headline?.text ?? ''].join('\n').toLowerCase(),
    ),
    declared_at: incident.declaredAt,
    changed_at: now,
    resolved_at: incident.resolvedAt ?? null,
  };
}

export function toStoredIncident(row: IncidentRow): StoredIncident {
  return {
    incident: {
      ...fromJson<Incident>(row.document, {} as Incident),
      version: row.version,
    },
    changedAt: row.changed_at,
    sequence: row.sequence,
  };
}

export function toPosition(row: IncidentRow): IncidentPosition {
  return { rank: row.list_rank, declaredAt: row.declared_at, id: row.id };
}

export function toTimelineRow(
  entry: NewEntry,
  key: { id: string; incidentId: string; sequence: number; now: string },
): IncidentTimelineRow {
  return {
    id: key.id,
    incident_id: key.incidentId,
    sequence: key.sequence,
    at: entry.at,
    recorded_at: key.now,
    kind: entry.kind,
    actor: entry.actor,
    text: toStorable(entry.text),
    data: entry.data ? toStorable(JSON.stringify(entry.data)) : null,
    corrects: entry.corrects ?? null,
    source_key: entry.sourceKey ?? null,
  };
}

export function toTimelineEntry(
  row: IncidentTimelineRow & { pin?: string | null },
): TimelineEntry {
  return {
    id: row.id,
    at: row.at,
    recordedAt: row.recorded_at,
    kind: row.kind as TimelineKind,
    actor: row.actor,
    text: row.text,
    ...(row.data === null ? {} : { data: JSON.parse(row.data) }),
    pinned: row.pin !== null && row.pin !== undefined,
    ...(row.corrects === null ? {} : { corrects: row.corrects }),
    sequence: row.sequence,
  };
}
