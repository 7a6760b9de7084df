import { Knex } from 'knex';
import { batches, whereAnyOf } from '../../database/database';
import { RunbookLinkRow } from '../../database/tables';
import { hashOf } from '../sources/RunbookSource';
import { bumpRevision } from '../store/bumpRevision';
import { LinkResult, LinkStore } from './LinkStore';

/** A site that is away for a moment is not gone: it is asked again before it is called dead. */
const FAILURES_UNTIL_DEAD = 2;

export class DatabaseLinkStore implements LinkStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async sync(urls: ReadonlySet<string>, now: string): Promise<void> {
    const wanted = new Map([...urls].map(url => [hashOf(url), url]));
    await this.#knex.transaction(async trx => {
      const known = new Set<string>(
        await trx<RunbookLinkRow>('runbook_links').pluck('id'),
      );
      const gone = [...known].filter(id => !wanted.has(id));
      for (const batch of batches(gone)) {
        await trx('runbook_links')
          .where(query => whereAnyOf(query, 'id', batch))
          .delete();
      }
      const added = [...wanted].filter(([id]) => !known.has(id));
      for (const batch of batches(added)) {
        await trx<RunbookLinkRow>('runbook_links')
          .insert(
            batch.map(([id, url]) => ({
              id,
              url,
              is_dead: false,
              dead_since: null,
              failures: 0,
              next_check_at: now,
            })),
          )
          .onConflict('id')
          .ignore();
      }
    });
  }

  async due(now: string, limit: number): Promise<string[]> {
    return this.#links()
      .where('next_check_at', '<=', now)
      .orderBy(['next_check_at', 'id'])
      .limit(limit)
      .pluck('url');
  }

  async record(
    results: LinkResult[],
    options: { now: string; nextCheckAt: string; retryAt: string },
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      let changes = 0;
      for (const { url, state } of results) {
        const id = hashOf(url);
        const before = await trx<RunbookLinkRow>('runbook_links')
          .where({ id })
          .first();
        if (!before) {
          continue;
        }
        const failures = state === 'dead' ? before.failures + 1 : 0;
        const wasDead = Boolean(before.is_dead);
        let isDead = wasDead;
        if (state === 'ok') {
          isDead = false;
        } else if (failures >= FAILURES_UNTIL_DEAD) {
          isDead = true;
        }
        changes += isDead === wasDead ? 0 : 1;
        await trx<RunbookLinkRow>('runbook_links')
          .where({ id })
          .update({
            is_dead: isDead,
            dead_since: isDead ? before.dead_since ?? options.now : null,
            failures: state === 'unknown' ? before.failures : failures,
            next_check_at:
              state === 'ok' || (isDead && wasDead)
                ? options.nextCheckAt
                : options.retryAt,
          });
      }
      if (changes > 0) {
        await bumpRevision(trx);
      }
    });
  }

  async dead(): Promise<Map<string, string>> {
    const rows = await this.#links()
      .where({ is_dead: true })
      .orderBy('url')
      .select('url', 'dead_since');
    return new Map(rows.map(row => [row.url, row.dead_since ?? '']));
  }

  #links() {
    return this.#knex<RunbookLinkRow>('runbook_links');
  }
}
