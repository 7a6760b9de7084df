import { randomUUID } from 'node:crypto';
import { RunbookRow, RunbookSourceRow } from '../../database/tables';
import { RunbookSource } from '../sources/RunbookSource';
import { RunbookRecord } from './RunbookRecord';

export function toSourceRow(
  source: RunbookSource,
  now: string,
): RunbookSourceRow {
  return {
    id: source.id,
    location: source.location,
    kind: source.kind,
    title: source.title ?? null,
    entity_refs: JSON.stringify(source.entityRefs),
    settings_hash: source.settingsHash,
    etag: null,
    read_at: null,
    next_run_at: now,
    omission: null,
    problem: null,
    problem_since: null,
    claim: null,
    claimed_until: null,
  };
}

export function fromSourceRow(row: RunbookSourceRow): RunbookSource {
  return {
    id: row.id,
    location: row.location,
    kind: row.kind as RunbookSource['kind'],
    ...(row.title === null ? {} : { title: row.title }),
    entityRefs: JSON.parse(row.entity_refs),
    settingsHash: row.settings_hash,
  };
}

export function toRunbookRow(record: RunbookRecord): RunbookRow {
  const { title } = record.facts;
  return {
    id: record.id,
    revision: randomUUID(),
    url: record.url,
    path: record.path ?? null,
    edit_url: record.editUrl ?? null,
    title,
    summary: JSON.stringify(record.facts),
    search: JSON.stringify(record.search),
    text: record.text ?? null,
    content_hash: record.contentHash,
    read_at: record.readAt,
    changed_at: record.changedAt ?? null,
  };
}

export function fromRunbookRow(
  row: RunbookRow,
): Omit<RunbookRecord, 'text' | 'search' | 'readAt'> {
  return {
    id: row.id,
    url: row.url,
    facts: JSON.parse(row.summary),
    contentHash: row.content_hash,
    ...(row.path === null ? {} : { path: row.path }),
    ...(row.edit_url === null ? {} : { editUrl: row.edit_url }),
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
  };
}
