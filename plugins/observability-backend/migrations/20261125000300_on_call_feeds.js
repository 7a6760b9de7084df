// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('on_call_feeds', table => {
    table.comment('Links by which calendars follow shifts');
    table.string('id', 36).primary().comment('Names the feed');
    table
      .string('token_hash', 43)
      .notNullable()
      .comment('SHA-256 of the secret in the link, base64url');
    table.string('owner_ref', 512).notNullable().comment('The user');
    table
      .string('schedule', 63)
      .nullable()
      .comment('Null for the shifts of the owner in every schedule');
    table.text('label').notNullable().comment('What the owner calls it');
    table.string('created_at', 24).notNullable().comment('When it was made');
    table
      .string('last_used_on', 10)
      .nullable()
      .comment('The last day, in UTC, on which a calendar asked for it');
    table
      .string('revoked_at', 24)
      .nullable()
      .comment('Empty from then on, and gone after a while');
    table.unique(['token_hash'], { indexName: 'on_call_feeds_token_uniq' });
    table.index(['owner_ref'], 'on_call_feeds_owner_ref_idx');
    table.index(['schedule'], 'on_call_feeds_schedule_idx');
  });

  await knex.schema.createTable('on_call_calendars', table => {
    table.comment('What calendars have been told of a schedule or a person');
    table
      .string('audience', 600)
      .primary()
      .comment('"schedule:" and a name, or the reference of a user');
    table
      .string('revision', 36)
      .notNullable()
      .comment('Another one with each change; who writes says which it saw');
  });

  await knex.schema.createTable('on_call_calendar_events', table => {
    table.comment('Shifts that calendars have been told of');
    table
      .string('audience', 600)
      .notNullable()
      .comment('Whose calendars')
      .references('audience')
      .inTable('on_call_calendars')
      .onDelete('CASCADE');
    table.text('shift_key').notNullable().comment('Names the shift');
    table.string('schedule', 63).notNullable().comment('Its schedule');
    table.string('level', 63).notNullable().comment('Its level');
    table.string('start_at', 24).notNullable().comment('From then on');
    table.string('end_at', 24).notNullable().comment('Not at or after this');
    table.text('people').notNullable().comment('JSON: references of users');
    table
      .integer('sequence')
      .notNullable()
      .comment('How often it changed since it was told first');
    table.string('modified_at', 24).notNullable().comment('When it changed');
    table
      .string('cancelled_at', 24)
      .nullable()
      .comment('When it was there no longer');
    table.primary(['audience', 'shift_key']);
    table.index(['end_at'], 'on_call_calendar_events_end_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'on_call_calendar_events',
    'on_call_calendars',
    'on_call_feeds',
  ]) {
    await knex.schema.dropTable(table);
  }
};
