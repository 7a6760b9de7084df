// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('on_call_schedules', table => {
    table.comment('Schedules by name; those that were deleted keep theirs');
    table.string('name', 63).primary().comment('Never used twice');
    table.string('origin').notNullable().comment('api, config, file, external');
    table
      .string('location', 1024)
      .nullable()
      .comment('The file or the key of the configuration');
    table.string('owner_ref', 512).nullable().comment('The group, as of now');
    table
      .integer('version')
      .notNullable()
      .comment('Of the last edit; who edits says which they began with');
    table.string('created_at', 24).notNullable().comment('When it was created');
    table
      .string('deleted_at', 24)
      .nullable()
      .comment('It has no watch from then on');
    table
      .string('recorded_until', 24)
      .nullable()
      .comment('All shifts that were over by then are in on_call_shifts');
    table.index(['owner_ref'], 'on_call_schedules_owner_ref_idx');
    table.index(['origin', 'location'], 'on_call_schedules_location_idx');
  });

  await knex.schema.createTable('on_call_versions', table => {
    table.comment('What schedules said, and from when on; never changed');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('on_call_schedules')
      .onDelete('CASCADE');
    table.integer('version').notNullable().comment('Which edit wrote it');
    table.text('definition').notNullable().comment('JSON');
    table.string('effective_from', 24).notNullable().comment('In force since');
    table.text('created_by').notNullable().comment('A person, or the source');
    table.string('created_at', 24).notNullable().comment('When it was written');
    table.primary(['schedule', 'version']);
  });

  await knex.schema.createTable('on_call_overrides', table => {
    table.comment('Changes by hand to who has the watch');
    table.string('id', 36).primary().comment('Names the override');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('on_call_schedules')
      .onDelete('CASCADE');
    table.string('start_at', 24).notNullable().comment('From then on');
    table.string('end_at', 24).notNullable().comment('Not at or after this');
    table.string('level', 63).nullable().comment('Null for all levels');
    table.text('add_ref').nullable().comment('Who joins or stands in');
    table.text('remove_ref').nullable().comment('Who leaves');
    table.text('reason').nullable().comment('Why');
    table.text('created_by').notNullable().comment('Who made it');
    table.string('created_at', 24).notNullable().comment('When it was made');
    table.index(['schedule', 'end_at'], 'on_call_overrides_schedule_idx');
  });

  await knex.schema.createTable('on_call_swaps', table => {
    table.comment('Shifts that somebody asks others to take');
    table.string('id', 36).primary().comment('Names the swap');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('on_call_schedules')
      .onDelete('CASCADE');
    table.string('level', 63).notNullable().comment('The level');
    table.string('start_at', 24).notNullable().comment('From then on');
    table.string('end_at', 24).notNullable().comment('Not at or after this');
    table.text('from_ref').notNullable().comment('Who has the watch then');
    table.text('to_ref').nullable().comment('Who takes it, or is asked to');
    table
      .string('state')
      .notNullable()
      .comment('open, taken, cancelled; an open one expires at its start');
    table.string('created_at', 24).notNullable().comment('When it was made');
    table.index(['schedule', 'end_at'], 'on_call_swaps_schedule_idx');
  });

  await knex.schema.createTable('on_call_shifts', table => {
    table.comment('Shifts that are over, as they were');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('on_call_schedules')
      .onDelete('CASCADE');
    table.string('level', 63).notNullable().comment('The level');
    table.string('start_at', 24).notNullable().comment('From then on');
    table.string('end_at', 24).notNullable().comment('Not at or after this');
    table.text('shift_key').notNullable().comment('Names the shift');
    table.text('people').notNullable().comment('JSON: references of users');
    table.text('source').notNullable().comment('JSON: why they had it');
    table.primary(['schedule', 'level', 'start_at']);
    table.index(['schedule', 'end_at'], 'on_call_shifts_schedule_idx');
  });

  await knex.schema.createTable('on_call_sources', table => {
    table.comment('Files and keys of the configuration that hold schedules');
    table.string('location', 1024).primary().comment('Which');
    table
      .text('problems')
      .notNullable()
      .comment('JSON: what cannot be used of it, and since when');
    table
      .text('etag')
      .nullable()
      .comment('Of what was read last, where all of it could be used');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'on_call_sources',
    'on_call_shifts',
    'on_call_swaps',
    'on_call_overrides',
    'on_call_versions',
    'on_call_schedules',
  ]) {
    await knex.schema.dropTable(table);
  }
};
