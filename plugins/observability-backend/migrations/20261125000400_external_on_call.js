// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('external_sources', table => {
    table.comment('Sources outside the portal that say who is on call');
    table.string('provider', 63).notNullable().comment('pagerduty, …');
    table.string('instance', 63).notNullable().comment('As configured');
    table.text('title').notNullable().comment('As people are told of it');
    table
      .string('reading_id', 36)
      .nullable()
      .comment('Of the reading that may write');
    table.text('state').nullable().comment('JSON: what the module remembers');
    table.text('problem').nullable().comment('JSON: why it cannot be read');
    table.string('observed_at', 24).nullable().comment('When it was read last');
    table
      .text('unknown_services')
      .notNullable()
      .comment('JSON: what entities name and it does not have');
    table.primary(['provider', 'instance']);
  });

  await knex.schema.createTable('external_schedules', table => {
    table.comment('Schedules whose master is another system');
    table.string('name', 63).primary().comment('Made of source and id');
    table.string('provider', 63).notNullable().comment('The source');
    table.string('instance', 63).notNullable().comment('The source');
    table.text('external_id').notNullable().comment('Its id there');
    table.text('title').notNullable().comment('Its name there');
    table.text('url').nullable().comment('Its page there');
    table.string('time_zone').notNullable().comment('IANA name');
    table.string('owner_ref', 512).nullable().comment('The group');
    table.text('levels').notNullable().comment('JSON: names, in order');
    table
      .string('known_from', 24)
      .notNullable()
      .comment('Nothing is known of what was before');
    table
      .string('known_until', 24)
      .notNullable()
      .comment('Nothing is known of what comes later');
    table.string('observed_at', 24).notNullable().comment('When it was read');
    table
      .string('deleted_at', 24)
      .nullable()
      .comment('It has no watch from then on');
    table.index(['provider', 'instance'], 'external_schedules_source_idx');
    table.index(['owner_ref'], 'external_schedules_owner_ref_idx');
  });

  await knex.schema.createTable('external_services', table => {
    table.comment('For which services of the source its schedules answer');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('external_schedules')
      .onDelete('CASCADE');
    table.string('service_id').notNullable().comment('As the module names it');
    table.primary(['schedule', 'service_id']);
    table.index(['service_id'], 'external_services_service_id_idx');
  });

  await knex.schema.createTable('external_shifts', table => {
    table.comment('Who had, has and will have the watch there');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('external_schedules')
      .onDelete('CASCADE');
    table.string('level', 63).notNullable().comment('The level');
    table.string('start_at', 24).notNullable().comment('From then on');
    table
      .string('end_at', 24)
      .nullable()
      .comment('Not at or after this; null where there is no end in sight');
    table
      .text('people')
      .notNullable()
      .comment('JSON: references, and names of those without one');
    table.text('layer').nullable().comment('What puts them there');
    table.primary(['schedule', 'level', 'start_at']);
    table.index(['schedule', 'end_at'], 'external_shifts_schedule_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'external_shifts',
    'external_services',
    'external_schedules',
    'external_sources',
  ]) {
    await knex.schema.dropTable(table);
  }
};
