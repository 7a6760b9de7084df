import {
  Override,
  Schedule,
  ScheduleOrigin,
  ScheduleProblem,
  Shift,
  Swap,
} from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  batches,
  fromJson,
  toStorable,
  whereAnyOf,
} from '../database/database';
import {
  OnCallOverrideRow,
  OnCallScheduleRow,
  OnCallShiftRow,
  OnCallSourceRow,
  OnCallSwapRow,
  OnCallVersionRow,
} from '../database/tables';
import {
  OnCallStore,
  ScheduleSelection,
  StoredSchedule,
  WithChange,
} from './OnCallStore';
import {
  toOverrideRow,
  toShift,
  toShiftRow,
  toStoredSchedules,
  toSwap,
  toSwapRow,
} from './onCallRows';

export class DatabaseOnCallStore implements OnCallStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async load(selection: ScheduleSelection): Promise<StoredSchedule[]> {
    const { names, owners, withDeleted, from, now } = selection;
    const schedules = await this.#schedules()
      .where(query => {
        if (names || owners) {
          query
            .where(named => whereAnyOf(named, 'name', names ?? []))
            .orWhere(owned => whereAnyOf(owned, 'owner_ref', owners ?? []));
        }
      })
      .where(query => {
        if (!withDeleted) {
          query.whereNull('deleted_at');
        }
      })
      .orderBy('name');
    const found = schedules.map(({ name }) => name);
    const [versions, overrides, swaps] = await Promise.all([
      this.#knex<OnCallVersionRow>('on_call_versions')
        .where(query => whereAnyOf(query, 'schedule', found))
        .orderBy(['effective_from', 'version']),
      this.#knex<OnCallOverrideRow>('on_call_overrides')
        .where(query => whereAnyOf(query, 'schedule', found))
        .where('end_at', '>', from)
        .orderBy(['start_at', 'id']),
      this.#knex<OnCallSwapRow>('on_call_swaps')
        .where(query => whereAnyOf(query, 'schedule', found))
        .where('end_at', '>', from)
        .orderBy(['start_at', 'id']),
    ]);
    return toStoredSchedules({ schedules, versions, overrides, swaps, now });
  }

  async namesOf(names: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#schedules()
      .where(query => whereAnyOf(query, 'name', names))
      .whereNull('deleted_at')
      .select('name');
    return new Set(rows.map(({ name }) => name));
  }

  async namesByOwner(
    owners: readonly string[],
  ): Promise<Map<string, string[]>> {
    const rows = await this.#schedules()
      .where(query => whereAnyOf(query, 'owner_ref', owners))
      .whereNull('deleted_at')
      .orderBy('name')
      .select('name', 'owner_ref');
    const found = new Map<string, string[]>();
    for (const { name, owner_ref: owner } of rows) {
      const ownerRef = String(owner);
      found.set(ownerRef, [...(found.get(ownerRef) ?? []), name]);
    }
    return found;
  }

  async create(schedule: {
    definition: Schedule;
    origin: ScheduleOrigin;
    createdBy: string;
    now: string;
  }): Promise<boolean> {
    const { definition, origin, createdBy, now } = schedule;
    return this.#knex.transaction(async trx => {
      const created = await trx<OnCallScheduleRow>('on_call_schedules')
        .insert({
          name: definition.name,
          origin: origin.type,
          location: origin.location ?? null,
          owner_ref: ownerOf(definition),
          version: 1,
          created_at: now,
        })
        .onConflict('name')
        .ignore()
        .returning('name');
      if (created.length === 0) {
        return false;
      }
      await addVersion(trx, {
        definition,
        version: 1,
        effectiveFrom: now,
        createdBy,
        now,
      });
      return true;
    });
  }

  async edit(edit: {
    definition: Schedule;
    version: number;
    effectiveFrom: string;
    createdBy: string;
    now: string;
  }): Promise<boolean> {
    const { definition, version } = edit;
    return this.#knex.transaction(async trx => {
      const count = await trx<OnCallScheduleRow>('on_call_schedules')
        .where({ name: definition.name, version })
        .whereNull('deleted_at')
        .update({
          version: version + 1,
          owner_ref: ownerOf(definition),
        });
      if (count !== 1) {
        return false;
      }
      await addVersion(trx, { ...edit, version: version + 1 });
      return true;
    });
  }

  async end(name: string, now: string): Promise<boolean> {
    return this.#knex.transaction(async trx => {
      const count = await trx<OnCallScheduleRow>('on_call_schedules')
        .where({ name })
        .whereNull('deleted_at')
        .update({ deleted_at: now, version: trx.raw('version + 1') });
      if (count !== 1) {
        return false;
      }
      const schedule = await trx<OnCallScheduleRow>('on_call_schedules')
        .where({ name })
        .first('version');
      const last = await trx<OnCallVersionRow>('on_call_versions')
        .where({ schedule: name })
        .where('effective_from', '<=', now)
        .orderBy('version', 'desc')
        .first('definition');
      if (schedule && last) {
        // So that nobody has the watch until it comes back, if ever it does.
        await addVersion(trx, {
          definition: { ...JSON.parse(last.definition), levels: [] },
          version: schedule.version,
          effectiveFrom: now,
          createdBy: 'system',
          now,
        });
      }
      return true;
    });
  }

  async revive(revival: {
    definition: Schedule;
    origin: ScheduleOrigin;
    createdBy: string;
    now: string;
  }): Promise<void> {
    const { definition, origin, now } = revival;
    const { name } = definition;
    await this.#knex.transaction(async trx => {
      const count = await trx<OnCallScheduleRow>('on_call_schedules')
        .where({ name })
        .whereNotNull('deleted_at')
        .update({
          deleted_at: null,
          origin: origin.type,
          location: origin.location ?? null,
          owner_ref: ownerOf(definition),
          version: trx.raw('version + 1'),
          // Nobody had the watch meanwhile.
          recorded_until: now,
        });
      if (count === 1) {
        const row = await trx<OnCallScheduleRow>('on_call_schedules')
          .where({ name })
          .first('version');
        await addVersion(trx, {
          ...revival,
          version: row?.version ?? 1,
          effectiveFrom: now,
        });
      }
    });
  }

  async addOverride(
    schedule: string,
    override: Override,
    also?: WithChange,
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      await trx<OnCallOverrideRow>('on_call_overrides').insert(
        toOverrideRow(schedule, override),
      );
      await also?.(trx);
    });
  }

  async endOverride(
    id: string,
    now: string,
    also?: WithChange,
  ): Promise<boolean> {
    return this.#knex.transaction(async trx => {
      const overrides = () =>
        trx<OnCallOverrideRow>('on_call_overrides').where({ id });
      const taken = await overrides().where('start_at', '>=', now).delete();
      const ended =
        taken > 0
          ? taken
          : await overrides().where('end_at', '>', now).update({ end_at: now });
      if (ended > 0) {
        await also?.(trx);
      }
      return ended > 0;
    });
  }

  async addSwap(swap: Swap, also?: WithChange): Promise<void> {
    await this.#knex.transaction(async trx => {
      await trx<OnCallSwapRow>('on_call_swaps').insert(toSwapRow(swap));
      await also?.(trx);
    });
  }

  async swap(id: string, now: string): Promise<Swap | undefined> {
    const row = await this.#swaps().where({ id }).first();
    return row && toSwap(row, now);
  }

  async changeSwap(change: {
    id: string;
    from: Swap['state'];
    state: Swap['state'];
    to?: string;
    now: string;
    also?: WithChange;
  }): Promise<boolean> {
    const { id, from, state, to, now, also } = change;
    return this.#knex.transaction(async trx => {
      const count = await trx<OnCallSwapRow>('on_call_swaps')
        .where({ id, state: from })
        .where('start_at', '>', now)
        .update({ state, ...(to === undefined ? {} : { to_ref: to }) });
      if (count === 1) {
        await also?.(trx);
      }
      return count === 1;
    });
  }

  async recorded(schedule: string, from: string, to: string): Promise<Shift[]> {
    const rows = await this.#knex<OnCallShiftRow>('on_call_shifts')
      .where({ schedule })
      .where('end_at', '>', from)
      .where('start_at', '<', to)
      .orderBy(['start_at', 'level']);
    return rows.map(toShift);
  }

  async record(
    schedule: string,
    shifts: Shift[],
    until: string,
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      for (const batch of batches(shifts)) {
        await trx<OnCallShiftRow>('on_call_shifts')
          .insert(batch.map(shift => toShiftRow(schedule, shift)))
          .onConflict(['schedule', 'level', 'start_at'])
          .ignore();
      }
      await trx<OnCallScheduleRow>('on_call_schedules')
        .where({ name: schedule })
        .where(query =>
          query
            .whereNull('recorded_until')
            .orWhere('recorded_until', '<', until),
        )
        .update({ recorded_until: until });
    });
  }

  async problems(location?: string): Promise<ScheduleProblem[]> {
    const rows = await this.#sources()
      .where(query => {
        if (location !== undefined) {
          query.where({ location });
        }
      })
      .orderBy('location');
    return rows.flatMap(({ problems }) =>
      fromJson<ScheduleProblem[]>(problems, []),
    );
  }

  async etagOf(location: string): Promise<string | undefined> {
    const row = await this.#sources().where({ location }).first('etag');
    return row?.etag ?? undefined;
  }

  async saveSource(source: {
    location: string;
    problems: ScheduleProblem[];
    etag?: string;
  }): Promise<void> {
    const { location, problems, etag } = source;
    await this.#sources()
      .insert({
        location,
        problems: toStorable(JSON.stringify(problems)),
        etag: etag ?? null,
      })
      .onConflict('location')
      .merge();
  }

  async keepSources(locations: readonly string[]): Promise<void> {
    await this.#sources()
      .whereNotIn('location', [...locations])
      .delete();
  }

  #schedules() {
    return this.#knex<OnCallScheduleRow>('on_call_schedules');
  }

  #swaps() {
    return this.#knex<OnCallSwapRow>('on_call_swaps');
  }

  #sources() {
    return this.#knex<OnCallSourceRow>('on_call_sources');
  }
}

function ownerOf({ owner }: Schedule): string | null {
  return owner === undefined ? null : toStorable(owner);
}

/** What would have come into force later never does. */
async function addVersion(
  trx: Knex.Transaction,
  added: {
    definition: Schedule;
    version: number;
    effectiveFrom: string;
    createdBy: string;
    now: string;
  },
): Promise<void> {
  const { definition, version, effectiveFrom, createdBy, now } = added;
  await trx<OnCallVersionRow>('on_call_versions')
    .where({ schedule: definition.name })
    .where('effective_from', '>', now)
    .where('effective_from', '>=', effectiveFrom)
    .delete();
  await trx<OnCallVersionRow>('on_call_versions').insert({
    schedule: definition.name,
    version,
    definition: JSON.stringify(definition),
    effective_from: effectiveFrom,
    created_by: createdBy,
    created_at: now,
  });
}
