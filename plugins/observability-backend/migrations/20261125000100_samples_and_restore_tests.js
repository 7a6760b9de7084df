// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('snapshots', table => {
    table
      .boolean('problem_is_partial')
      .notNullable()
      .defaultTo(false)
      .comment('A part alone failed: the reading beside the problem is good');
  });

  await knex.schema.alterTable('entity_health', table => {
    table
      .text('database')
      .nullable()
      .comment('JSON: the database figure nearest to its limit, or past it');
  });

  await knex.schema.createTable('samples_daily', table => {
    table.comment(
      'Finished days of UTC, each with its hours: a tenth of the rows that hours take',
    );
    table
      .integer('series_id')
      .unsigned()
      .notNullable()
      .comment('The series')
      .references('id')
      .inTable('series')
      .onDelete('CASCADE');
    table.integer('day').notNullable().comment('Days since 1970');
    table.integer('count').notNullable().comment('How many samples');
    table.double('sum').notNullable().comment('Of their values');
    table.double('min').notNullable().comment('The least of them');
    table.double('max').notNullable().comment('The greatest of them');
    table
      .double('p50')
      .nullable()
      .comment('Half of them are at most this; null when that is not known');
    table.double('p95').nullable().comment('The same for 95 of a hundred');
    table
      .binary('hours')
      .nullable()
      .comment(
        'JSON, deflated: [hour, count, sum, min, max, p50, p95] of each; null when they are past their retention',
      );
    table.primary(['series_id', 'day']);
    table.index(['day'], 'samples_daily_day_idx');
  });
  // What is to lose its hours, found among what has lost them.
  await knex.raw(
    'create index samples_daily_hours_idx on samples_daily (day) where hours is not null',
  );

  await knex.schema.createTable('restore_tests', table => {
    table.comment('Backups that somebody restored to try them');
    table.string('id', 36).primary().comment('Names the test');
    table.string('entity_ref', 512).notNullable().comment('Whose database');
    table
      .text('signal_id')
      .nullable()
      .comment('The database; null for all of the entity');
    table.string('at', 24).notNullable().comment('When it was restored');
    table.string('result').notNullable().comment('passed, failed');
    table.text('note').nullable().comment('What the person has to say');
    table.text('recorded_by').notNullable().comment('The person');
    table.string('recorded_at', 24).notNullable().comment('When they said so');
    table.index(['entity_ref', 'at'], 'restore_tests_entity_ref_idx');
    table.index(['at'], 'restore_tests_at_idx');
  });

  await knex.schema.createTable('idempotent_requests', table => {
    table.comment('The first answers to writes that carry an Idempotency-Key');
    table
      .string('id', 64)
      .primary()
      .comment('Hash of caller, method, path and key');
    table.string('body_hash', 64).notNullable().comment('Of what was sent');
    table.string('claim', 36).notNullable().comment('Who is at work on it');
    table
      .string('claimed_until', 24)
      .notNullable()
      .comment('Without an answer, another may take over after this');
    table.string('created_at', 24).notNullable().comment('When it first came');
    table.integer('status').nullable().comment('Null while it is running');
    table.text('content_type').nullable().comment('Of the body');
    table.text('body').nullable().comment('The answer as it was sent');
    table.index(['created_at'], 'idempotent_requests_created_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'idempotent_requests',
    'restore_tests',
    'samples_daily',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.raw('alter table entity_health drop column "database"');
  await knex.raw('alter table snapshots drop column problem_is_partial');
};
