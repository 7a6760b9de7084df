// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entity_runbook_locations', table => {
    table.comment('Where the metadata of entities says that runbooks are');
    table
      .string('entity_ref', 512)
      .notNullable()
      .comment('The entity')
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table.integer('position').notNullable().comment('Its place among them');
    table.string('kind').notNullable().comment('text or page');
    table.text('location').notNullable().comment('As it is written');
    table.text('base').nullable().comment('What a folder is relative to');
    table.text('title').nullable().comment('Of a link');
    table.string('annotation').notNullable().comment('Where it is written');
    table.primary(['entity_ref', 'position']);
  });

  await knex.schema.createTable('runbook_sources', table => {
    table.comment('Places that runbooks are read from');
    table.string('id', 64).primary().comment('Hash of the location');
    table.text('location').notNullable().comment('Folder, file or pattern');
    table.string('kind').notNullable().comment('text or page');
    table.text('title').nullable().comment('Of a page that is no Markdown');
    table.text('entity_refs').notNullable().comment('JSON: found through them');
    table
      .string('settings_hash', 64)
      .notNullable()
      .comment('Of all that is written about it; another is read anew');
    table.text('etag').nullable().comment('Of what was read last');
    table
      .string('read_at', 24)
      .nullable()
      .comment('When it could be read last');
    table.string('next_run_at', 24).notNullable().comment('When it is due');
    table.text('omission').nullable().comment('What was left out of it');
    table
      .text('problem')
      .nullable()
      .comment('What is wrong with it: why it cannot be read, or the omission');
    table.string('problem_since', 24).nullable().comment('Since when');
    table.string('claim', 36).nullable().comment('Who reads it');
    table.string('claimed_until', 24).nullable().comment('Until when');
    table.index(['next_run_at'], 'runbook_sources_next_run_at_idx');
  });

  await knex.schema.createTable('runbooks', table => {
    table.comment('Runbooks as they were read last');
    table.string('id', 100).primary().comment('Names the runbook');
    table.string('revision', 36).notNullable().comment('Of this row');
    table.text('url').notNullable().comment('Where it is kept');
    table.text('path').nullable().comment('In its repository or folder');
    table.text('edit_url').nullable().comment('Where it is edited');
    table.text('title').notNullable().comment('Its title');
    table.text('summary').notNullable().comment('JSON: what lists need');
    table.text('search').notNullable().comment('JSON: what is searched');
    table.text('text').nullable().comment('The file; null: a link alone');
    table.string('content_hash', 64).notNullable().comment('Of the file');
    table.string('read_at', 24).notNullable().comment('When it was read last');
    table.string('changed_at', 24).nullable().comment('When it became another');
  });

  await knex.schema.createTable('runbook_revision', table => {
    table.comment('Tells replicas that runbooks have changed; one row');
    table.integer('id').primary().comment('1');
    table.integer('revision').notNullable().comment('One more each change');
  });
  await knex('runbook_revision').insert({ id: 1, revision: 0 });

  await knex.schema.createTable('runbook_documents', table => {
    table.comment('Which source holds which runbook');
    table
      .string('source_id', 64)
      .notNullable()
      .comment('The source')
      .references('id')
      .inTable('runbook_sources')
      .onDelete('CASCADE');
    table
      .string('url_hash', 64)
      .notNullable()
      .comment('Of the address without the branch');
    table
      .string('runbook_id', 100)
      .notNullable()
      .comment('The runbook')
      .references('id')
      .inTable('runbooks')
      .onDelete('CASCADE');
    table.string('content_hash', 64).notNullable().comment('Of the file');
    table.primary(['source_id', 'url_hash']);
    table.index(['runbook_id'], 'runbook_documents_runbook_id_idx');
  });

  await knex.schema.createTable('runbook_runs', table => {
    table.comment('Somebody following a runbook');
    table.string('id', 36).primary().comment('Names the run');
    table.string('runbook_id', 100).notNullable().comment('It may be gone');
    table.text('title').notNullable().comment('Of the runbook, at the start');
    table.string('entity_ref', 512).nullable().comment('For what');
    table.string('incident_id', 100).nullable().comment('In which incident');
    table
      .text('entity_refs')
      .notNullable()
      .comment('JSON: of the runbook then');
    table.string('content_hash', 64).notNullable().comment('Of its text');
    table.text('steps').notNullable().comment('JSON: as they were');
    table.integer('step_count').notNullable().comment('How many');
    table.integer('settled_count').notNullable().comment('Not left to do');
    table.integer('version').notNullable().comment('One more each change');
    table.string('started_at', 24).notNullable().comment('When it began');
    table.text('started_by').notNullable().comment('Who began');
    table.string('taken_over_at', 24).nullable().comment('When that was');
    table.text('taken_over_by').nullable().comment('Who carries on');
    table.string('finished_at', 24).nullable().comment('When it ended');
    table.text('finished_by').nullable().comment('Who ended it');
    table.string('outcome').nullable().comment('worked, partly, did-not-help');
    table.string('changed_at', 24).notNullable().comment('Of the last change');
    table.index(['runbook_id', 'started_at'], 'runbook_runs_runbook_id_idx');
    table.index(['entity_ref', 'started_at'], 'runbook_runs_entity_ref_idx');
    table.index(['incident_id', 'started_at'], 'runbook_runs_incident_id_idx');
    table.index(['started_at', 'id'], 'runbook_runs_started_at_idx');
  });

  await knex.schema.createTable('runbook_run_steps', table => {
    table.comment('What became of the steps of runs; the others are to do');
    table
      .string('run_id', 36)
      .notNullable()
      .comment('The run')
      .references('id')
      .inTable('runbook_runs')
      .onDelete('CASCADE');
    table.integer('step_index').notNullable().comment('From 0');
    table.string('state').notNullable().comment('todo, done, skipped, failed');
    table.text('note').nullable().comment('What somebody wrote');
    table.text('changed_by').notNullable().comment('Who wrote it');
    table.string('changed_at', 24).notNullable().comment('When');
    table.integer('version').notNullable().comment('Of the run, by then');
    table.primary(['run_id', 'step_index']);
  });

  await knex.schema.createTable('runbook_links', table => {
    table.comment('Addresses that runbooks name, and whether they answer');
    table.string('id', 64).primary().comment('Hash of the address');
    table.text('url').notNullable().comment('The address');
    table.boolean('is_dead').notNullable().comment('Nothing answers there');
    table.string('dead_since', 24).nullable().comment('Since when');
    table.integer('failures').notNullable().comment('In a row');
    table.string('next_check_at', 24).notNullable().comment('When it is due');
    table.index(['next_check_at'], 'runbook_links_next_check_at_idx');
  });

  await knex.schema.createTable('runbook_coverage_days', table => {
    table.comment('How many alerts of a service had a runbook, by day');
    table.string('day', 10).notNullable().comment('Of UTC');
    table.string('entity_ref', 512).notNullable().comment('The service');
    table.text('owner_ref').nullable().comment('Its owner, then');
    table.integer('ok').notNullable().comment('Alerts that had one');
    table.integer('total').notNullable().comment('All its alerts');
    table.primary(['day', 'entity_ref']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'runbook_coverage_days',
    'runbook_links',
    'runbook_run_steps',
    'runbook_runs',
    'runbook_documents',
    'runbook_revision',
    'runbooks',
    'runbook_sources',
    'entity_runbook_locations',
  ]) {
    await knex.schema.dropTable(table);
  }
};
