import {
  Override,
  ScheduleOrigin,
  Shift,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { toStorable } from '../database/database';
import {
  OnCallOverrideRow,
  OnCallScheduleRow,
  OnCallShiftRow,
  OnCallSwapRow,
  OnCallVersionRow,
} from '../database/tables';
import { StoredSchedule } from './OnCallStore';

/** Puts the rows of schedules together. */
export function toStoredSchedules(rows: {
  schedules: OnCallScheduleRow[];
  versions: OnCallVersionRow[];
  overrides: OnCallOverrideRow[];
  swaps: OnCallSwapRow[];
  now: string;
}): StoredSchedule[] {
  const found = new Map<string, StoredSchedule>();
  for (const row of rows.schedules) {
    found.set(row.name, {
      name: row.name,
      origin: {
        type: row.origin as ScheduleOrigin['type'],
        ...(row.location === null ? {} : { location: row.location }),
      },
      version: row.version,
      ...(row.deleted_at === null ? {} : { deletedAt: row.deleted_at }),
      ...(row.recorded_until === null
        ? {}
        : { recordedUntil: row.recorded_until }),
      versions: [],
      overrides: [],
      swaps: [],
    });
  }
  for (const row of rows.versions) {
    found.get(row.schedule)?.versions.push({
      definition: JSON.parse(row.definition),
      effectiveFrom: row.effective_from,
    });
  }
  for (const row of rows.overrides) {
    found.get(row.schedule)?.overrides.push(toOverride(row));
  }
  for (const row of rows.swaps) {
    found.get(row.schedule)?.swaps.push(toSwap(row, rows.now));
  }
  return [...found.values()].filter(({ versions }) => versions.length > 0);
}

export function toOverride(row: OnCallOverrideRow): Override {
  return {
    id: row.id,
    start: row.start_at,
    end: row.end_at,
    ...(row.level === null ? {} : { level: row.level }),
    ...(row.add_ref === null ? {} : { add: row.add_ref }),
    ...(row.remove_ref === null ? {} : { remove: row.remove_ref }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}

export function toOverrideRow(
  schedule: string,
  override: Override,
): OnCallOverrideRow {
  return {
    id: override.id,
    schedule,
    start_at: override.start,
    end_at: override.end,
    level: override.level ?? null,
    add_ref: override.add ?? null,
    remove_ref: override.remove ?? null,
    reason: override.reason === undefined ? null : toStorable(override.reason),
    created_by: override.createdBy,
    created_at: override.createdAt,
  };
}

/** An open swap that nobody took before its start has expired. */
export function toSwap(row: OnCallSwapRow, now: string): Swap {
  return {
    id: row.id,
    schedule: row.schedule,
    level: row.level,
    start: row.start_at,
    end: row.end_at,
    from: row.from_ref,
    ...(row.to_ref === null ? {} : { to: row.to_ref }),
    state:
      row.state === 'open' && row.start_at <= now
        ? 'expired'
        : (row.state as Swap['state']),
    createdAt: row.created_at,
  };
}

export function toSwapRow(
  swap: Swap,
): Omit<OnCallSwapRow, 'shift_key' | 'shift_start_at' | 'shift_end_at'> {
  return {
    id: swap.id,
    schedule: swap.schedule,
    level: swap.level,
    start_at: swap.start,
    end_at: swap.end,
    from_ref: swap.from,
    to_ref: swap.to ?? null,
    state: swap.state,
    created_at: swap.createdAt,
  };
}

export function toShift(row: OnCallShiftRow): Shift {
  return {
    key: row.shift_key,
    start: row.start_at,
    end: row.end_at,
    level: row.level,
    people: JSON.parse(row.people),
    source: JSON.parse(row.source),
  };
}

export function toShiftRow(schedule: string, shift: Shift): OnCallShiftRow {
  return {
    schedule,
    level: shift.level,
    start_at: shift.start,
    end_at: shift.end,
    shift_key: shift.key,
    people: JSON.stringify(shift.people),
    source: JSON.stringify(shift.source),
  };
}
