// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('incident_numbers', table => {
    table.comment('One row: the number that an incident was given last');
    table.integer('id').primary().comment('Always 1');
    table.integer('last').notNullable().comment('The number');
  });
  await knex('incident_numbers').insert({ id: 1, last: 0 });

  await knex.schema.createTable('incidents', table => {
    table.comment('Incidents as they are now; the timeline tells how it came');
    table.string('id', 36).primary().comment('Names the incident');
    table.integer('number').notNullable().unique().comment('INC-42');
    table
      .text('document')
      .notNullable()
      .comment('JSON: all of it; other columns are copies to search by');
    table.string('severity').notNullable().comment('SEV-1 to SEV-4');
    table.string('state').notNullable().comment('triage, …');
    table
      .integer('list_rank')
      .notNullable()
      .comment('1 to 4: open, by severity; 9: no longer open');
    table.text('search_text').notNullable().comment('Lower case');
    table.string('declared_at', 24).notNullable().comment('When it was told');
    table.string('changed_at', 24).notNullable().comment('Last written at');
    table
      .string('resolved_at', 24)
      .nullable()
      .comment('When it was over, where it is');
    table
      .integer('version')
      .notNullable()
      .comment('Of the document; who edits says which they began with');
    table
      .integer('sequence')
      .notNullable()
      .comment('Of the last entry of its timeline');
    table.index(['list_rank', 'declared_at', 'id'], 'incidents_list_rank_idx');
    table.index(['declared_at'], 'incidents_declared_at_idx');
  });

  await knex.schema.createTable('incident_entities', table => {
    table.comment('The services that are involved');
    table
      .string('incident_id', 36)
      .notNullable()
      .comment('The incident')
      .references('id')
      .inTable('incidents')
      .onDelete('CASCADE');
    table.string('entity_ref', 512).notNullable().comment('The service');
    table.primary(['incident_id', 'entity_ref']);
    table.index(['entity_ref'], 'incident_entities_entity_ref_idx');
  });

  await knex.schema.createTable('incident_timeline', table => {
    table.comment('What happened; rows are added and never changed');
    table.string('id', 36).primary().comment('Names the entry');
    table
      .string('incident_id', 36)
      .notNullable()
      .comment('The incident')
      .references('id')
      .inTable('incidents')
      .onDelete('CASCADE');
    table
      .integer('sequence')
      .notNullable()
      .comment('In the order of writing, without holes');
    table.string('at', 24).notNullable().comment('When it happened');
    table.string('recorded_at', 24).notNullable().comment('When written');
    table.string('kind').notNullable().comment('state, note, update, …');
    table.text('actor').notNullable().comment('A user, or system');
    table.text('text').notNullable().comment('A sentence, as Markdown');
    table.text('data').nullable().comment('JSON: what it is made of');
    table
      .string('corrects', 36)
      .nullable()
      .comment('The entry that it puts right');
    table
      .string('source_key')
      .nullable()
      .comment('What it was taken from, so that it is taken once');
    table.unique(['incident_id', 'sequence'], {
      indexName: 'incident_timeline_sequence_idx',
    });
    table.unique(['incident_id', 'source_key'], {
      indexName: 'incident_timeline_source_key_idx',
    });
    table.index(
      ['incident_id', 'at', 'recorded_at', 'id'],
      'incident_timeline_at_idx',
    );
  });

  await knex.schema.createTable('incident_pins', table => {
    table.comment('Entries that people want to see first');
    table
      .string('entry_id', 36)
      .primary()
      .comment('The entry')
      .references('id')
      .inTable('incident_timeline')
      .onDelete('CASCADE');
    table.string('incident_id', 36).notNullable().comment('Its incident');
    table.text('pinned_by').notNullable().comment('Who pinned it');
    table.string('pinned_at', 24).notNullable().comment('When');
    table.index(['incident_id'], 'incident_pins_incident_id_idx');
  });

  await knex.schema.createTable('incident_update_drafts', table => {
    table.comment('What people outside are to be told, while it is written');
    table
      .string('incident_id', 36)
      .primary()
      .comment('The incident')
      .references('id')
      .inTable('incidents')
      .onDelete('CASCADE');
    table.text('text').notNullable().comment('Markdown');
    table.integer('version').notNullable().comment('One more each save');
    table.text('saved_by').notNullable().comment('Who saved it');
    table.string('saved_at', 24).notNullable().comment('When');
  });

  await knex.schema.createTable('incident_reminders', table => {
    table.comment('Deadlines that people were told of, each once');
    table
      .string('incident_id', 36)
      .notNullable()
      .comment('The incident')
      .references('id')
      .inTable('incidents')
      .onDelete('CASCADE');
    table.string('clock').notNullable().comment('acknowledge-1, update, …');
    table.string('due_at', 24).notNullable().comment('The deadline');
    table.string('told_at', 24).notNullable().comment('When it was told');
    table.primary(['incident_id', 'clock', 'due_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'incident_reminders',
    'incident_update_drafts',
    'incident_pins',
    'incident_timeline',
    'incident_entities',
    'incidents',
    'incident_numbers',
  ]) {
    await knex.schema.dropTable(table);
  }
};
