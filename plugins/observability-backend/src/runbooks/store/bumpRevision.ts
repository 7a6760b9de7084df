import { Knex } from 'knex';

/** Tells all replicas that runbooks, or what counts for them, have changed. */
export async function bumpRevision(knex: Knex): Promise<void> {
  await knex('runbook_revision').where({ id: 1 }).increment('revision', 1);
}
