import { Knex } from 'knex';
import { batches, whereAnyOf } from '../../database/database';
import {
  ExternalScheduleRow,
  ExternalServiceRow,
  ExternalShiftRow,
} from '../../database/tables';
import {
  ExternalSourceId,
  RecordedExternalSchedule,
  RecordedReading,
} from './ExternalOnCallStore';
import {
  toExternalShift,
  toExternalShiftRow,
  toScheduleRow,
} from './externalRows';
import { mergeShifts } from './mergeShifts';

/**
 * Stores the schedules of a reading and ends those that are missing. Says whether
 * that changed who is on call, or what a schedule is called.
 */
export async function recordSchedules(
  trx: Knex.Transaction,
  source: ExternalSourceId,
  reading: RecordedReading,
): Promise<boolean> {
  const { provider, instance } = source;
  const { now, problem } = reading;
  const rows = await trx<ExternalScheduleRow>('external_schedules').where({
    provider,
    instance,
  });
  const known = new Map(rows.map(row => [row.name, row]));
  const read = new Map(
    reading.schedules.map(schedule => [schedule.name, schedule]),
  );

  let hasChanged = false;
  for (const batch of batches([...read.values()])) {
    const recorded = await shiftsOf(trx, batch, now, known);
    for (const schedule of batch) {
      const before = known.get(schedule.name);
      const row = toScheduleRow(source, schedule, reading);
      if (before) {
        row.known_from = before.known_from;
      }
      await trx<ExternalScheduleRow>('external_schedules')
        .insert(row)
        .onConflict('name')
        .merge();
      hasChanged =
        (await recordShifts(trx, {
          schedule,
          recorded: recorded.get(schedule.name) ?? [],
          before,
          now,
        })) ||
        !before ||
        isOtherwise(before, row) ||
        hasChanged;
    }
  }
  await recordServices(trx, [...read.values()]);

  if (!problem) {
    const ended = rows
      .filter(({ name, deleted_at }) => deleted_at === null && !read.has(name))
      .map(({ name }) => name);
    await endSchedules(trx, ended, now);
    hasChanged ||= ended.length > 0;
  }
  return hasChanged;
}

/** They have no watch from now on; what was stays on record. */
export async function endSchedules(
  trx: Knex.Transaction,
  names: readonly string[],
  now: string,
): Promise<void> {
  for (const batch of batches(names)) {
    const shifts = () =>
      trx<ExternalShiftRow>('external_shifts').whereIn('schedule', batch);
    await shifts().where('start_at', '>=', now).delete();
    await shifts()
      .where(query => query.whereNull('end_at').orWhere('end_at', '>', now))
      .update({ end_at: now });
    await trx<ExternalServiceRow>('external_services')
      .whereIn('schedule', batch)
      .delete();
    await trx<ExternalScheduleRow>('external_schedules')
      .whereIn('name', batch)
      .update({ deleted_at: now });
  }
}

/** What is on record of schedules and is not over, or not over by what was known last. */
async function shiftsOf(
  trx: Knex.Transaction,
  schedules: readonly RecordedExternalSchedule[],
  now: string,
  known: ReadonlyMap<string, ExternalScheduleRow>,
): Promise<Map<string, ExternalShiftRow[]>> {
  const names = schedules.map(({ name }) => name);
  const from = names
    .map(name => known.get(name)?.known_until ?? now)
    .reduce((one, other) => (one < other ? one : other), now);
  const rows = await trx<ExternalShiftRow>('external_shifts')
    .where(query => whereAnyOf(query, 'schedule', names))
    .where(query => query.whereNull('end_at').orWhere('end_at', '>', from))
    .orderBy(['start_at', 'level']);
  const found = new Map<string, ExternalShiftRow[]>();
  for (const row of rows) {
    found.set(row.schedule, [...(found.get(row.schedule) ?? []), row]);
  }
  return found;
}

async function recordShifts(
  trx: Knex.Transaction,
  options: {
    schedule: RecordedExternalSchedule;
    recorded: readonly ExternalShiftRow[];
    before: ExternalScheduleRow | undefined;
    now: string;
  },
): Promise<boolean> {
  const { schedule, recorded, before, now } = options;
  const merged = mergeShifts({
    recorded: recorded.map(toExternalShift),
    read: schedule.shifts,
    // Nobody had the watch while it was gone.
    recordedUntil: before && before.deleted_at ? now : before?.known_until,
    now,
  });
  const rows = merged.map(shift => toExternalShiftRow(schedule.name, shift));
  const after = new Map(rows.map(row => [keyOf(row), row]));
  const kept = new Map(recorded.map(row => [keyOf(row), row]));
  const gone = recorded.filter(row => !after.has(keyOf(row)));
  const changed = rows.filter(row => !isSame(row, kept.get(keyOf(row))));
  for (const { level, start_at } of gone) {
    await trx<ExternalShiftRow>('external_shifts')
      .where({ schedule: schedule.name, level, start_at })
      .delete();
  }
  for (const batch of batches(changed)) {
    await trx<ExternalShiftRow>('external_shifts')
      .insert(batch)
      .onConflict(['schedule', 'level', 'start_at'])
      .merge();
  }
  return gone.length + changed.length > 0;
}

async function recordServices(
  trx: Knex.Transaction,
  schedules: readonly RecordedExternalSchedule[],
): Promise<void> {
  const rows = schedules.flatMap(({ name, services }) =>
    [...new Set(services)].map(id => ({ schedule: name, service_id: id })),
  );
  for (const batch of batches(schedules)) {
    await trx<ExternalServiceRow>('external_services')
      .whereIn(
        'schedule',
        batch.map(({ name }) => name),
      )
      .delete();
  }
  for (const batch of batches(rows)) {
    await trx<ExternalServiceRow>('external_services').insert(batch);
  }
}

function keyOf({ level, start_at }: ExternalShiftRow): string {
  return `${start_at} ${level}`;
}

function isSame(
  one: ExternalShiftRow,
  other: ExternalShiftRow | undefined,
): boolean {
  return (
    one.end_at === other?.end_at &&
    one.people === other.people &&
    one.layer === other.layer
  );
}

/** Whether anything that pages show of the schedule itself is another. */
function isOtherwise(
  before: ExternalScheduleRow,
  after: ExternalScheduleRow,
): boolean {
  return (
    before.title !== after.title ||
    before.url !== after.url ||
    before.time_zone !== after.time_zone ||
    before.owner_ref !== after.owner_ref ||
    before.levels !== after.levels ||
    before.deleted_at !== after.deleted_at
  );
}
