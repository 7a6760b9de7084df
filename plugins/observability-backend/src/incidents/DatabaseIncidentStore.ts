import {
  Incident,
  IncidentUpdateDraft,
  OPEN_INCIDENT_STATES,
  TimelineEntry,
  TimelineKind,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  batches,
  escapeLike,
  orWhereLike,
  toInstant,
  toStorable,
  whereAnyOf,
} from '../database/database';
import {
  IncidentEntityRow,
  IncidentNumberRow,
  IncidentPinRow,
  IncidentReminderRow,
  IncidentRow,
  IncidentTimelineRow,
  IncidentUpdateDraftRow,
} from '../database/tables';
import { Outbox, OutboxMessage } from '../notifications/Outbox';
import {
  toIncidentColumns,
  toPosition,
  toStoredIncident,
  toTimelineEntry,
} from './incidentRows';
import {
  Consequences,
  IncidentPosition,
  IncidentSelection,
  IncidentStore,
  NewEntry,
  StoredIncident,
  TimelinePosition,
} from './IncidentStore';
import { writeTimeline } from './writeTimeline';

const MAX_NUMBER_DIGITS = 9;

export class DatabaseIncidentStore implements IncidentStore {
  readonly #knex: Knex;
  readonly #outbox: Outbox;

  constructor(options: { knex: Knex; outbox: Outbox }) {
    this.#knex = options.knex;
    this.#outbox = options.outbox;
  }

  async declare(
    draft: Omit<Incident, 'number' | 'version'>,
    consequences: Consequences,
  ): Promise<StoredIncident> {
    return this.#knex.transaction(async trx => {
      const [{ last }] = await trx<IncidentNumberRow>('incident_numbers')
        .where({ id: 1 })
        .update({ last: trx.raw('?? + 1', ['last']) })
        .returning('last');
      const incident: Incident = { ...draft, number: last, version: 1 };
      await trx<IncidentRow>('incidents').insert({
        id: incident.id,
        number: incident.number,
        version: incident.version,
        sequence: 0,
        ...toIncidentColumns(incident, consequences.now),
      });
      await writeEntities(trx, incident);
      return this.#conclude(trx, incident, consequences);
    });
  }

  async change(
    incident: Incident,
    consequences: Consequences,
  ): Promise<StoredIncident | undefined> {
    const next = { ...incident, version: incident.version + 1 };
    return this.#knex.transaction(async trx => {
      const count = await trx<IncidentRow>('incidents')
        .where({ id: incident.id, version: incident.version })
        .update({
          version: next.version,
          ...toIncidentColumns(next, consequences.now),
        });
      if (count !== 1) {
        return undefined;
      }
      await trx<IncidentEntityRow>('incident_entities')
        .where({ incident_id: incident.id })
        .delete();
      await writeEntities(trx, next);
      return this.#conclude(trx, next, consequences);
    });
  }

  async append(
    incidentId: string,
    entries: readonly NewEntry[],
    options: { now: string; messages?: OutboxMessage[] },
  ): Promise<TimelineEntry[]> {
    return this.#knex.transaction(async trx => {
      const written = await writeTimeline(
        trx,
        incidentId,
        entries,
        options.now,
      );
      await this.#outbox.add(trx, options.messages ?? [], options.now);
      return written;
    });
  }

  async get(idOrNumber: string): Promise<StoredIncident | undefined> {
    const isNumber =
      /^\d+$/.test(idOrNumber) && idOrNumber.length <= MAX_NUMBER_DIGITS;
    const row = await this.#incidents()
      .where(isNumber ? { number: Number(idOrNumber) } : { id: idOrNumber })
      .first();
    return row && toStoredIncident(row);
  }

  async list(
    selection: IncidentSelection & { after?: IncidentPosition; limit: number },
  ): Promise<{ stored: StoredIncident; position: IncidentPosition }[]> {
    const { after, limit } = selection;
    const query = this.#incidents();
    select(query, selection);
    if (after) {
      // Later in the list are lower dates of the same rank, so no row value compares all three.
      query.where(place =>
        place
          .where('list_rank', '>', after.rank)
          .orWhere(same =>
            same
              .where('list_rank', after.rank)
              .whereRaw('(declared_at, id) < (?, ?)', [
                after.declaredAt,
                after.id,
              ]),
          ),
      );
    }
    const rows = await query
      .orderBy([
        { column: 'list_rank', order: 'asc' },
        { column: 'declared_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    return rows.map(row => ({
      stored: toStoredIncident(row),
      position: toPosition(row),
    }));
  }

  async count(selection: IncidentSelection): Promise<number> {
    const query = this.#incidents();
    select(query, selection);
    const [row] = await query.count({ count: '*' });
    return Number(row.count);
  }

  async open(): Promise<StoredIncident[]> {
    const rows = await this.#incidents()
      .whereIn('state', [...OPEN_INCIDENT_STATES])
      .orderBy('number');
    return rows.map(toStoredIncident);
  }

  async countOpen(entityRefs: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#knex<IncidentEntityRow>('incident_entities')
      .join('incidents', 'incidents.id', 'incident_entities.incident_id')
      .whereIn('incidents.state', [...OPEN_INCIDENT_STATES])
      .where(query =>
        whereAnyOf(query, 'incident_entities.entity_ref', entityRefs),
      )
      .groupBy('incident_entities.entity_ref')
      .select<{ entity_ref: string; count: number | string }[]>(
        'incident_entities.entity_ref',
        this.#knex.raw('count(*) as count'),
      );
    return new Map(rows.map(row => [row.entity_ref, Number(row.count)]));
  }

  async timeline(options: {
    incidentId: string;
    kinds?: readonly TimelineKind[];
    pinned?: boolean;
    before?: TimelinePosition;
    limit: number;
  }): Promise<TimelineEntry[]> {
    const { incidentId, kinds, pinned, before, limit } = options;
    const query = this.#entries(incidentId);
    if (kinds) {
      query.whereIn('incident_timeline.kind', [...kinds]);
    }
    if (pinned !== undefined) {
      query[pinned ? 'whereNotNull' : 'whereNull']('incident_pins.entry_id');
    }
    if (before) {
      query.whereRaw(
        '(incident_timeline.at, incident_timeline.recorded_at, incident_timeline.id) < (?, ?, ?)',
        [before.at, before.recordedAt, before.id],
      );
    }
    const rows = await query
      .orderBy([
        { column: 'incident_timeline.at', order: 'desc' },
        { column: 'incident_timeline.recorded_at', order: 'desc' },
        { column: 'incident_timeline.id', order: 'desc' },
      ])
      .limit(limit);
    return rows.map(toTimelineEntry);
  }

  async tail(options: {
    incidentId: string;
    after: number;
    limit: number;
  }): Promise<TimelineEntry[]> {
    const rows = await this.#entries(options.incidentId)
      .where('incident_timeline.sequence', '>', options.after)
      .orderBy('incident_timeline.sequence')
      .limit(options.limit);
    return rows.map(toTimelineEntry);
  }

  async entry(
    incidentId: string,
    id: string,
  ): Promise<TimelineEntry | undefined> {
    const [row] = await this.#entries(incidentId).where(
      'incident_timeline.id',
      id,
    );
    return row && toTimelineEntry(row);
  }

  async pins(incidentId: string): Promise<string[]> {
    return this.#knex<IncidentPinRow>('incident_pins')
      .where({ incident_id: incidentId })
      .orderBy('pinned_at')
      .pluck('entry_id');
  }

  async pin(options: {
    incidentId: string;
    entryId: string;
    pinned: boolean;
    by: string;
    now: string;
  }): Promise<void> {
    const { incidentId, entryId, pinned, by, now } = options;
    const pins = this.#knex<IncidentPinRow>('incident_pins');
    if (!pinned) {
      await pins.where({ incident_id: incidentId, entry_id: entryId }).delete();
      return;
    }
    await pins
      .insert({
        entry_id: entryId,
        incident_id: incidentId,
        pinned_by: by,
        pinned_at: now,
      })
      .onConflict('entry_id')
      .ignore();
  }

  async updateDraft(incidentId: string): Promise<IncidentUpdateDraft> {
    const row = await this.#drafts().where({ incident_id: incidentId }).first();
    return row ? toDraft(row) : { text: '', version: 0 };
  }

  async saveUpdateDraft(
    incidentId: string,
    draft: { text: string; version: number; by: string; now: string },
  ): Promise<IncidentUpdateDraft | undefined> {
    const columns = {
      text: toStorable(draft.text),
      version: draft.version + 1,
      saved_by: draft.by,
      saved_at: draft.now,
    };
    const rows: IncidentUpdateDraftRow[] =
      draft.version === 0
        ? await this.#drafts()
            .insert({ incident_id: incidentId, ...columns })
            .onConflict('incident_id')
            .ignore()
            .returning('*')
        : await this.#drafts()
            .where({ incident_id: incidentId, version: draft.version })
            .update(columns)
            .returning('*');
    return rows[0] && toDraft(rows[0]);
  }

  async remind(reminder: {
    incidentId: string;
    clock: string;
    dueAt: string;
    messages: OutboxMessage[];
    entries?: readonly NewEntry[];
    now: string;
  }): Promise<boolean> {
    const { incidentId, clock, dueAt, messages, entries = [], now } = reminder;
    return this.#knex.transaction(async trx => {
      const claimed = await trx<IncidentReminderRow>('incident_reminders')
        .insert({
          incident_id: incidentId,
          clock,
          due_at: dueAt,
          told_at: now,
        })
        .onConflict(['incident_id', 'clock', 'due_at'])
        .ignore()
        .returning('incident_id');
      if (claimed.length === 0) {
        return false;
      }
      await writeTimeline(trx, incidentId, entries, now);
      await this.#outbox.add(trx, messages, now);
      return true;
    });
  }

  async deleteBefore(before: Date): Promise<number> {
    return this.#incidents()
      .where('declared_at', '<', toInstant(before))
      .whereNotIn('state', [...OPEN_INCIDENT_STATES])
      .delete();
  }

  async #conclude(
    trx: Knex.Transaction,
    incident: Incident,
    { entries = [], messages, then, now }: Consequences,
  ): Promise<StoredIncident> {
    await writeTimeline(trx, incident.id, entries, now);
    await this.#outbox.add(trx, messages?.(incident) ?? [], now);
    await then?.(trx, incident);
    const row = await trx<IncidentRow>('incidents')
      .where({ id: incident.id })
      .first('sequence');
    return { incident, changedAt: now, sequence: row?.sequence ?? 0 };
  }

  #entries(incidentId: string) {
    return this.#knex<IncidentTimelineRow>('incident_timeline')
      .leftJoin(
        'incident_pins',
        'incident_pins.entry_id',
        'incident_timeline.id',
      )
      .where('incident_timeline.incident_id', incidentId)
      .select<(IncidentTimelineRow & { pin: string | null })[]>(
        'incident_timeline.*',
        'incident_pins.entry_id as pin',
      );
  }

  #incidents() {
    return this.#knex<IncidentRow>('incidents');
  }

  #drafts() {
    return this.#knex<IncidentUpdateDraftRow>('incident_update_drafts');
  }
}

async function writeEntities(
  trx: Knex.Transaction,
  { id, entityRefs }: Incident,
): Promise<void> {
  const rows = [...new Set(entityRefs)].map(entity_ref => ({
    incident_id: id,
    entity_ref,
  }));
  for (const batch of batches(rows)) {
    await trx<IncidentEntityRow>('incident_entities').insert(batch);
  }
}

function select(
  query: Knex.QueryBuilder<IncidentRow, IncidentRow[]>,
  selection: IncidentSelection,
): void {
  const { states, severities, entityRefs, text } = selection;
  if (states) {
    query.whereIn('state', [...states]);
  }
  if (severities) {
    query.whereIn('severity', [...severities]);
  }
  if (entityRefs) {
    query.whereIn('id', of => {
      of.from('incident_entities').select('incident_id');
      whereAnyOf(of, 'entity_ref', entityRefs);
    });
  }
  for (const word of (text ?? '').toLowerCase().split(/\s+/).filter(Boolean)) {
    query.where(like =>
      orWhereLike(like, 'search_text', `%${escapeLike(toStorable(word))}%`),
    );
  }
  if (selection.declaredFrom !== undefined) {
    query.where('declared_at', '>=', selection.declaredFrom);
  }
  if (selection.declaredBefore !== undefined) {
    query.where('declared_at', '<', selection.declaredBefore);
  }
}

function toDraft(row: IncidentUpdateDraftRow): IncidentUpdateDraft {
  return {
    text: row.text,
    version: row.version,
    by: row.saved_by,
    at: row.saved_at,
  };
}
