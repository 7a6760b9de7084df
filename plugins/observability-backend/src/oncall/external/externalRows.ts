import { Problem } from '@watchkeeper/backstage-plugin-observability-common';
import { fromJson, toStorable } from '../../database/database';
import {
  ExternalScheduleRow,
  ExternalShiftRow,
  ExternalSourceRow,
} from '../../database/tables';
import { StoredSchedule } from '../OnCallStore';
import {
  ExternalSource,
  ExternalSourceId,
  RecordedExternalSchedule,
  RecordedExternalShift,
  RecordedReading,
} from './ExternalOnCallStore';

export function toScheduleRow(
  source: ExternalSourceId,
  schedule: RecordedExternalSchedule,
  reading: RecordedReading,
): ExternalScheduleRow {
  return {
    name: schedule.name,
    provider: source.provider,
    instance: source.instance,
    external_id: toStorable(schedule.externalId),
    title: toStorable(schedule.title),
    url: schedule.url ?? null,
    time_zone: schedule.timeZone,
    owner_ref: schedule.owner ?? null,
    levels: JSON.stringify(schedule.levels),
    known_from: reading.knownFrom,
    known_until: reading.knownUntil,
    observed_at: reading.now,
    deleted_at: null,
  };
}

export function toExternalShift(row: ExternalShiftRow): RecordedExternalShift {
  return {
    level: row.level,
    start: row.start_at,
    ...(row.end_at === null ? {} : { end: row.end_at }),
    people: JSON.parse(row.people),
    ...(row.layer === null ? {} : { layer: row.layer }),
  };
}

export function toExternalShiftRow(
  schedule: string,
  shift: RecordedExternalShift,
): ExternalShiftRow {
  return {
    schedule,
    level: shift.level,
    start_at: shift.start,
    end_at: shift.end ?? null,
    people: JSON.stringify(shift.people),
    layer: shift.layer ?? null,
  };
}

export function toSource(row: ExternalSourceRow): ExternalSource {
  const problem = fromJson<Problem | undefined>(row.problem, undefined);
  return {
    provider: row.provider,
    instance: row.instance,
    title: row.title,
    ...(problem ? { problem } : {}),
    ...(row.observed_at === null ? {} : { observedAt: row.observed_at }),
    unknownServices: JSON.parse(row.unknown_services),
  };
}

/** Puts the rows of external schedules together. */
export function toExternalSchedules(rows: {
  schedules: readonly ExternalScheduleRow[];
  shifts: readonly ExternalShiftRow[];
  sources: readonly ExternalSourceRow[];
}): StoredSchedule[] {
  const shifts = new Map<string, RecordedExternalShift[]>();
  for (const row of rows.shifts) {
    const known = shifts.get(row.schedule);
    if (known) {
      known.push(toExternalShift(row));
    } else {
      shifts.set(row.schedule, [toExternalShift(row)]);
    }
  }
  return rows.schedules.map(row => {
    const source = rows.sources.find(
      ({ provider, instance }) =>
        provider === row.provider && instance === row.instance,
    );
    return {
      name: row.name,
      origin: {
        type: 'external',
        location: source?.title ?? `${row.provider} (${row.instance})`,
        provider: row.provider,
        ...(row.url === null ? {} : { url: row.url }),
        observedAt: row.observed_at,
      },
      version: 1,
      ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
      versions: [
        {
          definition: {
            name: row.name,
            title: row.title,
            ...(row.owner_ref === null ? {} : { owner: row.owner_ref }),
            timeZone: row.time_zone,
            levels: JSON.parse(row.levels).map((name: string) => ({
              name,
              // Its turns are the master's affair.
              layers: [],
            })),
          },
          effectiveFrom: row.known_from,
        },
      ],
      overrides: [],
      swaps: [],
      external: {
        instance: row.instance,
        externalId: row.external_id,
        knownFrom: row.known_from,
        knownUntil: row.known_until,
        problem: source && toSource(source).problem,
        shifts: shifts.get(row.name) ?? [],
      },
    };
  });
}
