import { RunbookSearchText } from '@watchkeeper/backstage-plugin-observability-common/runbooks';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { batches, whereAnyOf } from '../../database/database';
import {
  EntityRunbookLocationRow,
  RunbookDocumentRow,
  RunbookRow,
  RunbookSourceRow,
} from '../../database/tables';
import {
  EntityRunbookLocation,
  RunbookSource,
  urlHashOf,
} from '../sources/RunbookSource';
import { RunbookRecord, SourceRecord } from './RunbookRecord';
import {
  ClaimedSource,
  RunbookStore,
  SourceState,
  StoredRunbook,
} from './RunbookStore';
import {
  fromRunbookRow,
  fromSourceRow,
  toRunbookRow,
  toSourceRow,
} from './runbookRows';
import { bumpRevision } from './bumpRevision';

/** Lists leave these columns alone. */
const WITHOUT_TEXT: (keyof RunbookRow)[] = [
  'id',
  'revision',
  'url',
  'path',
  'edit_url',
  'title',
  'summary',
  'content_hash',
  'changed_at',
];

const MERGED: (keyof RunbookRow)[] = [
  'revision',
  'url',
  'path',
  'edit_url',
  'title',
  'summary',
  'search',
  'text',
  'content_hash',
  'read_at',
];

export class DatabaseRunbookStore implements RunbookStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async entityLocations(): Promise<EntityRunbookLocation[]> {
    const rows = await this.#knex<EntityRunbookLocationRow>(
      'entity_runbook_locations',
    )
      .orderBy(['entity_ref', 'position'])
      .select();
    return rows.map(row => ({
      entityRef: row.entity_ref,
      kind: row.kind as RunbookSource['kind'],
      location: row.location,
      ...(row.base === null ? {} : { base: row.base }),
      ...(row.title === null ? {} : { title: row.title }),
    }));
  }

  async syncSources(sources: RunbookSource[], now: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      const rows = await trx<RunbookSourceRow>('runbook_sources').select();
      const known = new Map(rows.map(row => [row.id, row]));
      const wanted = new Set(sources.map(({ id }) => id));
      const gone = rows.filter(({ id }) => !wanted.has(id));
      let changes = gone.length;
      for (const source of sources) {
        const before = known.get(source.id);
        const row = toSourceRow(source, now);
        if (!before) {
          await trx<RunbookSourceRow>('runbook_sources')
            .insert(row)
            .onConflict('id')
            .ignore();
        } else if (before.settings_hash !== row.settings_hash) {
          await trx<RunbookSourceRow>('runbook_sources')
            .where({ id: source.id })
            .update({
              kind: row.kind,
              title: row.title,
              entity_refs: row.entity_refs,
              settings_hash: row.settings_hash,
              etag: null,
              next_run_at: now,
            });
          changes += 1;
        } else if (before.entity_refs !== row.entity_refs) {
          await trx<RunbookSourceRow>('runbook_sources')
            .where({ id: source.id })
            .update({ entity_refs: row.entity_refs });
          changes += 1;
        }
      }
      for (const batch of batches(gone.map(({ id }) => id))) {
        await trx('runbook_documents')
          .where(query => whereAnyOf(query, 'source_id', batch))
          .delete();
        await trx('runbook_sources')
          .where(query => whereAnyOf(query, 'id', batch))
          .delete();
      }
      if (changes > 0) {
        await deleteOrphans(trx);
        await bumpRevision(trx);
      }
    });
  }

  async claimSource(options: {
    now: string;
    until: string;
  }): Promise<ClaimedSource | undefined> {
    const { now, until } = options;
    for (;;) {
      const row = await this.#sources()
        .where('next_run_at', '<=', now)
        .where(free =>
          free.whereNull('claimed_until').orWhere('claimed_until', '<=', now),
        )
        .orderBy(['next_run_at', 'id'])
        .first();
      if (!row) {
        return undefined;
      }
      const claim = randomUUID();
      const taken = await this.#sources()
        .where({ id: row.id, claim: row.claim })
        .update({ claim, claimed_until: until });
      if (taken === 1) {
        return {
          ...fromSourceRow(row),
          claim,
          ...(row.etag === null ? {} : { etag: row.etag }),
        };
      }
    }
  }

  async documentsOf(sourceId: string): Promise<Map<string, SourceRecord>> {
    const rows = await this.#knex<RunbookDocumentRow>('runbook_documents')
      .where({ source_id: sourceId })
      .select();
    return new Map(
      rows.map(row => [
        row.url_hash,
        {
          urlHash: row.url_hash,
          contentHash: row.content_hash,
          runbookId: row.runbook_id,
        },
      ]),
    );
  }

  async urlHashesOf(runbookIds: string[]): Promise<Map<string, string>> {
    const rows = await this.#knex<RunbookRow>('runbooks')
      .where(query => whereAnyOf(query, 'id', runbookIds))
      .select('id', 'url');
    return new Map(rows.map(({ id, url }) => [id, urlHashOf(url)]));
  }

  async runbookIdsOf(urlHashes: string[]): Promise<Map<string, string>> {
    const rows = await this.#knex<RunbookDocumentRow>('runbook_documents')
      .where(query => whereAnyOf(query, 'url_hash', urlHashes))
      .orderBy('source_id')
      .select('url_hash', 'runbook_id');
    return new Map(rows.map(row => [row.url_hash, row.runbook_id]));
  }

  async saveSource(
    source: { id: string; claim: string },
    read: {
      records: SourceRecord[];
      etag?: string;
      omission?: string;
      now: string;
      nextRunAt: string;
    },
  ): Promise<boolean> {
    const { id, claim } = source;
    const { records, now } = read;
    return this.#knex.transaction(async trx => {
      const row = await trx<RunbookSourceRow>('runbook_sources')
        .where({ id, claim })
        .forUpdate()
        .first();
      if (!row) {
        return false;
      }
      const changed = records.flatMap(({ record }) => record ?? []);
      for (const batch of batches(changed.map(toRunbookRow))) {
        await trx<RunbookRow>('runbooks')
          .insert(batch)
          .onConflict('id')
          .merge({
            ...Object.fromEntries(
              MERGED.map(column => [column, trx.raw('excluded.??', [column])]),
            ),
            // The same text, met again elsewhere, has not changed.
            changed_at: trx.raw(
              `case when runbooks.content_hash = excluded.content_hash
                 then runbooks.changed_at else excluded.changed_at end`,
            ),
          });
      }
      const before = new Map(
        (
          await trx<RunbookDocumentRow>('runbook_documents')
            .where({ source_id: id })
            .select()
        ).map(document => [document.url_hash, document]),
      );
      const documents = records.map(record => ({
        source_id: id,
        url_hash: record.urlHash,
        runbook_id: record.runbookId,
        content_hash: record.contentHash,
      }));
      const kept = new Set(documents.map(({ url_hash }) => url_hash));
      const gone = [...before.keys()].filter(urlHash => !kept.has(urlHash));
      const others = documents.filter(document => {
        const known = before.get(document.url_hash);
        return (
          known?.runbook_id !== document.runbook_id ||
          known.content_hash !== document.content_hash
        );
      });
      for (const batch of batches(gone)) {
        await trx('runbook_documents')
          .where({ source_id: id })
          .where(query => whereAnyOf(query, 'url_hash', batch))
          .delete();
      }
      for (const batch of batches(others)) {
        await trx<RunbookDocumentRow>('runbook_documents')
          .insert(batch)
          .onConflict(['source_id', 'url_hash'])
          .merge();
      }
      for (const { formerId, runbookId } of records) {
        if (formerId !== undefined) {
          await moveRuns(trx, formerId, runbookId);
        }
      }
      const hasChanged = changed.length + gone.length + others.length > 0;
      if (hasChanged) {
        await deleteOrphans(trx);
      }
      if (hasChanged || row.problem !== (read.omission ?? null)) {
        await bumpRevision(trx);
      }
      await trx<RunbookSourceRow>('runbook_sources')
        .where({ id })
        .update({
          etag: read.etag ?? null,
          read_at: now,
          next_run_at: read.nextRunAt,
          claim: null,
          claimed_until: null,
          omission: read.omission ?? null,
          ...problemColumns(row, read.omission, now),
        });
      return true;
    });
  }

  async releaseSource(
    source: { id: string; claim: string },
    state: { problem?: string; now: string; nextRunAt: string },
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      const row = await trx<RunbookSourceRow>('runbook_sources')
        .where({ id: source.id, claim: source.claim })
        .forUpdate()
        .first();
      if (!row) {
        return;
      }
      // What was left out of it still is.
      const problem = state.problem ?? row.omission ?? undefined;
      await trx<RunbookSourceRow>('runbook_sources')
        .where({ id: source.id })
        .update({
          next_run_at: state.nextRunAt,
          claim: null,
          claimed_until: null,
          ...(state.problem === undefined ? { read_at: state.now } : {}),
          ...problemColumns(row, problem, state.now),
        });
      if (row.problem !== (problem ?? null)) {
        await bumpRevision(trx);
      }
    });
  }

  async sources(): Promise<SourceState[]> {
    return (await this.#sources().orderBy('location').select()).map(stateOf);
  }

  async sourcesOf(runbookId: string): Promise<SourceState[]> {
    const rows = await this.#sources()
      .whereIn(
        'id',
        this.#knex('runbook_documents')
          .where({ runbook_id: runbookId })
          .select('source_id'),
      )
      .orderBy('location')
      .select();
    return rows.map(stateOf);
  }

  async revision(): Promise<number> {
    const row = await this.#knex('runbook_revision').first('revision');
    return Number(row?.revision ?? 0);
  }

  async touch(): Promise<void> {
    await bumpRevision(this.#knex);
  }

  async revisions(): Promise<Map<string, string>> {
    const rows = await this.#runbooks().select('id', 'revision');
    return new Map(rows.map(({ id, revision }) => [id, revision]));
  }

  async load(ids: string[]): Promise<StoredRunbook[]> {
    const found: StoredRunbook[] = [];
    for (const batch of batches(ids)) {
      const rows: (RunbookRow & { has_text: boolean | number })[] =
        await this.#runbooks()
          .where(query => whereAnyOf(query, 'id', batch))
          .select(
            ...WITHOUT_TEXT,
            this.#knex.raw('text is not null as has_text'),
          );
      found.push(
        ...rows.map(row => ({
          ...fromRunbookRow(row),
          revision: row.revision,
          hasText: Boolean(row.has_text),
          sourceIds: [],
        })),
      );
    }
    return found;
  }

  async sourcesByRunbook(): Promise<Map<string, string[]>> {
    const rows = await this.#knex<RunbookDocumentRow>('runbook_documents')
      .orderBy(['runbook_id', 'source_id'])
      .select('runbook_id', 'source_id');
    const sources = new Map<string, string[]>();
    for (const row of rows) {
      const known = sources.get(row.runbook_id) ?? [];
      known.push(row.source_id);
      sources.set(row.runbook_id, known);
    }
    return sources;
  }

  async searchTexts(ids: string[]): Promise<Map<string, RunbookSearchText>> {
    const rows = await this.#runbooks()
      .where(query => whereAnyOf(query, 'id', ids))
      .select('id', 'search');
    return new Map(rows.map(({ id, search }) => [id, JSON.parse(search)]));
  }

  async get(id: string): Promise<RunbookRecord | undefined> {
    const row = await this.#runbooks().where({ id }).first();
    return (
      row && {
        ...fromRunbookRow(row),
        search: JSON.parse(row.search),
        readAt: row.read_at,
        ...(row.text === null ? {} : { text: row.text }),
      }
    );
  }

  #sources() {
    return this.#knex<RunbookSourceRow>('runbook_sources');
  }

  #runbooks() {
    return this.#knex<RunbookRow>('runbooks');
  }
}

function stateOf(row: RunbookSourceRow): SourceState {
  return {
    ...fromSourceRow(row),
    ...(row.read_at === null ? {} : { readAt: row.read_at }),
    ...(row.problem === null
      ? {}
      : { problem: { message: row.problem, since: row.problem_since ?? '' } }),
  };
}

/** A problem that was there before keeps the time since when it is. */
function problemColumns(
  before: RunbookSourceRow,
  problem: string | undefined,
  now: string,
): Pick<RunbookSourceRow, 'problem' | 'problem_since'> {
  if (problem === undefined) {
    return { problem: null, problem_since: null };
  }
  return {
    problem,
    problem_since: before.problem === problem ? before.problem_since : now,
  };
}

/** Runs go with a file that has got another id, unless other files have the former one. */
async function moveRuns(
  trx: Knex.Transaction,
  formerId: string,
  id: string,
): Promise<void> {
  const kept = await trx('runbook_documents')
    .where({ runbook_id: formerId })
    .first('url_hash');
  if (!kept) {
    await trx('runbook_runs')
      .where({ runbook_id: formerId })
      .update({ runbook_id: id });
  }
}

/** Runbooks that no source holds any more. */
async function deleteOrphans(trx: Knex.Transaction): Promise<void> {
  await trx('runbooks')
    .whereNotExists(
      trx('runbook_documents')
        .select(trx.raw('1'))
        .where('runbook_documents.runbook_id', trx.ref('runbooks.id')),
    )
    .delete();
}
