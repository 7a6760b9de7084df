import { CoverageTrendPoint } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import { batches, whereAnyOf } from '../../database/database';
import { RunbookCoverageDayRow } from '../../database/tables';

/** The coverage of a service on a day. */
export interface CoverageDay {
  day: string;
  entityRef: string;
  ownerRef?: string;
  ok: number;
  total: number;
}

/** Keeps how much was covered, by day and service: what a caller may not read is not counted for them. */
export class CoverageStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes down a day; what was written of it before is replaced. */
  async save(days: CoverageDay[]): Promise<void> {
    for (const batch of batches(days)) {
      await this.#days()
        .insert(
          batch.map(({ day, entityRef, ownerRef, ok, total }) => ({
            day,
            entity_ref: entityRef,
            owner_ref: ownerRef ?? null,
            ok,
            total,
          })),
        )
        .onConflict(['day', 'entity_ref'])
        .merge();
    }
  }

  /** The sums by day, the oldest first. */
  async trend(options: {
    from: string;
    entityRefs: 'all' | readonly string[];
    owners?: readonly string[];
  }): Promise<CoverageTrendPoint[]> {
    const { entityRefs, owners } = options;
    const query = this.#days().where('day', '>=', options.from);
    if (entityRefs !== 'all') {
      query.where(some => whereAnyOf(some, 'entity_ref', entityRefs));
    }
    if (owners && owners.length > 0) {
      query.where(some => whereAnyOf(some, 'owner_ref', owners));
    }
    const rows: { day: string; ok: number | string; total: number | string }[] =
      await query
        .groupBy('day')
        .orderBy('day')
        .select('day')
        .sum({ ok: 'ok', total: 'total' });
    return rows.map(row => ({
      date: row.day,
      ok: Number(row.ok),
      total: Number(row.total),
    }));
  }

  async deleteBefore(day: string): Promise<number> {
    return this.#days().where('day', '<', day).delete();
  }

  #days() {
    return this.#knex<RunbookCoverageDayRow>('runbook_coverage_days');
  }
}
