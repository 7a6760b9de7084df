import { JsonObject } from '@backstage/types';
import { Problem } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  batches,
  fromJson,
  toStorable,
  whereAnyOf,
} from '../../database/database';
import {
  ExternalScheduleRow,
  ExternalServiceRow,
  ExternalShiftRow,
  ExternalSourceRow,
} from '../../database/tables';
import { StoredSchedule } from '../OnCallStore';
import {
  ExternalOnCallStore,
  ExternalSource,
  ExternalSourceId,
  RecordedReading,
  SupersededReadingError,
} from './ExternalOnCallStore';
import { toExternalSchedules, toSource } from './externalRows';
import { endSchedules, recordSchedules } from './recordSchedules';

export class DatabaseExternalOnCallStore implements ExternalOnCallStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async beginReading(
    source: ExternalSourceId & { title: string },
    readingId: string,
  ): Promise<{ state?: JsonObject; problem?: Problem }> {
    const { provider, instance, title } = source;
    await this.#sources()
      .insert({
        provider,
        instance,
        title,
        reading_id: readingId,
        unknown_services: '[]',
      })
      .onConflict(['provider', 'instance'])
      .merge({ title, reading_id: readingId });
    const row = await this.#sources().where({ provider, instance }).first();
    return {
      state: fromJson(row?.state, undefined),
      problem: fromJson(row?.problem, undefined),
    };
  }

  async record(
    source: ExternalSourceId,
    readingId: string,
    reading: RecordedReading,
  ): Promise<boolean> {
    const { now, problem, state, unknownServices } = reading;
    return this.#knex.transaction(async trx => {
      const before = await trx<ExternalSourceRow>('external_sources')
        .where(keyOf(source))
        .first('unknown_services', 'problem');
      await this.#endReading(trx, source, readingId, {
        observed_at: now,
        problem: problem ? toStorable(JSON.stringify(problem)) : null,
        state: state ? toStorable(JSON.stringify(state)) : null,
        unknown_services: JSON.stringify(unknownServices),
      });
      const hasChanged = await recordSchedules(trx, source, reading);
      return (
        hasChanged ||
        before?.unknown_services !== JSON.stringify(unknownServices) ||
        codeOf(before?.problem) !== problem?.code
      );
    });
  }

  async fail(
    source: ExternalSourceId,
    readingId: string,
    problem: Problem,
  ): Promise<void> {
    await this.#endReading(this.#knex, source, readingId, {
      problem: toStorable(JSON.stringify(problem)),
    });
  }

  async sources(): Promise<ExternalSource[]> {
    const rows = await this.#sources().orderBy(['provider', 'instance']);
    return rows.map(toSource);
  }

  async keepSources(
    sources: readonly ExternalSourceId[],
    now: string,
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      const rows = await trx<ExternalSourceRow>('external_sources').select(
        'provider',
        'instance',
      );
      for (const { provider, instance } of rows) {
        const isKept = sources.some(
          source =>
            source.provider === provider && source.instance === instance,
        );
        if (!isKept) {
          const ended = await trx<ExternalScheduleRow>('external_schedules')
            .where({ provider, instance })
            .whereNull('deleted_at')
            .pluck('name');
          await endSchedules(trx, ended, now);
          await trx<ExternalSourceRow>('external_sources')
            .where({ provider, instance })
            .delete();
        }
      }
    });
  }

  async load(selection: {
    names?: readonly string[];
    owners?: readonly string[];
    withDeleted?: boolean;
    from: string;
  }): Promise<StoredSchedule[]> {
    const { names, owners, withDeleted, from } = selection;
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
    if (schedules.length === 0) {
      return [];
    }
    const [shifts, sources] = await Promise.all([
      this.#knex<ExternalShiftRow>('external_shifts')
        .where(query =>
          whereAnyOf(
            query,
            'schedule',
            schedules.map(({ name }) => name),
          ),
        )
        .where(query => query.whereNull('end_at').orWhere('end_at', '>', from))
        .orderBy(['start_at', 'level']),
      this.#sources(),
    ]);
    return toExternalSchedules({ schedules, shifts, sources });
  }

  async namesOf(names: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.#schedules()
      .where(query => whereAnyOf(query, 'name', names))
      .whereNull('deleted_at')
      .pluck('name');
    return new Set(found);
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

  async namesByService(
    services: readonly (ExternalSourceId & { id: string })[],
  ): Promise<{ source: ExternalSourceId; id: string; name: string }[]> {
    const rows = await this.#knex<ExternalServiceRow>('external_services')
      .join(
        'external_schedules',
        'external_schedules.name',
        'external_services.schedule',
      )
      .where(query =>
        whereAnyOf(
          query,
          'external_services.service_id',
          new Set(services.map(({ id }) => id)),
        ),
      )
      .whereNull('external_schedules.deleted_at')
      .orderBy('external_schedules.name')
      .select<
        {
          provider: string;
          instance: string;
          service_id: string;
          name: string;
        }[]
      >(
        'external_schedules.provider',
        'external_schedules.instance',
        'external_services.service_id',
        'external_schedules.name',
      );
    return rows.map(row => ({
      source: { provider: row.provider, instance: row.instance },
      id: row.service_id,
      name: row.name,
    }));
  }

  async deleteBefore(instant: string): Promise<void> {
    await this.#knex<ExternalShiftRow>('external_shifts')
      .where('end_at', '<', instant)
      .delete();
    const ended = await this.#schedules()
      .where('deleted_at', '<', instant)
      .pluck('name');
    for (const batch of batches(ended)) {
      await this.#knex.transaction(async trx => {
        for (const table of ['external_shifts', 'external_services']) {
          await trx(table).whereIn('schedule', batch).delete();
        }
        await trx('external_schedules').whereIn('name', batch).delete();
      });
    }
  }

  /** Also holds off another reading of the source until the transaction is over. */
  async #endReading(
    knex: Knex,
    source: ExternalSourceId,
    readingId: string,
    changes: Partial<ExternalSourceRow>,
  ): Promise<void> {
    const count = await knex<ExternalSourceRow>('external_sources')
      .where({ ...keyOf(source), reading_id: readingId })
      .update(changes);
    if (count !== 1) {
      throw new SupersededReadingError(source);
    }
  }

  #sources() {
    return this.#knex<ExternalSourceRow>('external_sources');
  }

  #schedules() {
    return this.#knex<ExternalScheduleRow>('external_schedules');
  }
}

function keyOf({ provider, instance }: ExternalSourceId): ExternalSourceId {
  return { provider, instance };
}

function codeOf(problem: string | null | undefined): string | undefined {
  return fromJson<Problem | undefined>(problem, undefined)?.code;
}
