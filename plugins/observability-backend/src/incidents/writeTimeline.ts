import { TimelineEntry } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { randomUUID } from 'crypto';
import { batches, whereAnyOf } from '../database/database';
import {
  IncidentPinRow,
  IncidentRow,
  IncidentTimelineRow,
} from '../database/tables';
import { toTimelineEntry, toTimelineRow } from './incidentRows';
import { NewEntry } from './IncidentStore';

/**
 * Adds entries to a timeline. The row of the incident is locked until the end of
 * the transaction, so entries become visible in the order of their sequences:
 * whoever asks for what came after the last one that they saw misses none, and
 * what was taken from a source before is seen here and not taken again.
 */
export async function writeTimeline(
  trx: Knex.Transaction,
  incidentId: string,
  entries: readonly NewEntry[],
  now: string,
): Promise<TimelineEntry[]> {
  if (entries.length === 0) {
    return [];
  }
  const locked = await trx<IncidentRow>('incidents')
    .where({ id: incidentId })
    .forNoKeyUpdate()
    .first('sequence');
  if (!locked) {
    return [];
  }

  const added = await withoutKnownSources(trx, incidentId, entries);
  const rows = added.map((entry, index) =>
    toTimelineRow(entry, {
      id: randomUUID(),
      incidentId,
      sequence: locked.sequence + index + 1,
      now,
    }),
  );
  for (const batch of batches(rows)) {
    await trx<IncidentTimelineRow>('incident_timeline').insert(batch);
  }
  const pins = rows.flatMap((row, index) =>
    added[index].pinned
      ? [
          {
            entry_id: row.id,
            incident_id: incidentId,
            pinned_by: row.actor,
            pinned_at: now,
          },
        ]
      : [],
  );
  for (const batch of batches(pins)) {
    await trx<IncidentPinRow>('incident_pins').insert(batch);
  }
  if (rows.length > 0) {
    await trx<IncidentRow>('incidents')
      .where({ id: incidentId })
      .update({ sequence: locked.sequence + rows.length, changed_at: now });
  }
  return rows.map((row, index) => ({
    ...toTimelineEntry(row),
    pinned: added[index].pinned === true,
  }));
}

async function withoutKnownSources(
  trx: Knex.Transaction,
  incidentId: string,
  entries: readonly NewEntry[],
): Promise<NewEntry[]> {
  const keys = entries.flatMap(({ sourceKey }) => sourceKey ?? []);
  const known = new Set<string | null>(
    keys.length === 0
      ? []
      : await trx<IncidentTimelineRow>('incident_timeline')
          .where({ incident_id: incidentId })
          .where(query => whereAnyOf(query, 'source_key', keys))
          .pluck('source_key'),
  );
  return entries.filter(({ sourceKey }) => {
    if (sourceKey === undefined) {
      return true;
    }
    const isNew = !known.has(sourceKey);
    known.add(sourceKey);
    return isNew;
  });
}
