// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('on_call_swaps', table => {
    table
      .text('shift_key')
      .nullable()
      .comment('The shift that it is for; the swap moves with it');
    table.string('shift_start_at', 24).nullable().comment('As it last was');
    table.string('shift_end_at', 24).nullable().comment('As it last was');
  });

  await knex.schema.createTable('on_call_notices', table => {
    table.comment('What people were told of their shifts, or no longer are');
    table
      .string('schedule', 63)
      .notNullable()
      .comment('The schedule')
      .references('name')
      .inTable('on_call_schedules')
      .onDelete('CASCADE');
    table.string('kind', 16).notNullable().comment('week, day, hours, handoff');
    table
      .text('occurrence')
      .notNullable()
      .comment('Which turn, or which handoff: never told twice');
    table.text('person').notNullable().comment('Who');
    table.string('level', 63).notNullable().comment('The level');
    table.string('start_at', 24).notNullable().comment('When it begins');
    table
      .string('state', 16)
      .notNullable()
      .comment('sent, late (was due while nothing ran), moved (told before)');
    table.string('decided_at', 24).notNullable().comment('When');
    table.primary(['schedule', 'kind', 'occurrence', 'person']);
    table.index(['start_at'], 'on_call_notices_start_idx');
  });

  await knex.schema.createTable('on_call_ticks', table => {
    table.comment('Items of the checklists of shifts that somebody ticked');
    table.string('schedule', 63).notNullable().comment('The schedule');
    table.text('shift_key').notNullable().comment('The shift');
    table.string('item_id', 63).notNullable().comment('The item');
    table.boolean('done').notNullable().comment('Ticked, or not any more');
    table.text('changed_by').notNullable().comment('Who');
    table.string('changed_at', 24).notNullable().comment('When');
    table.primary(['shift_key', 'item_id']);
    table.index(['changed_at'], 'on_call_ticks_changed_idx');
  });

  await knex.schema.createTable('on_call_handoff_notes', table => {
    table.comment('What whoever leaves tells whoever comes');
    table.string('schedule', 63).notNullable().comment('The schedule');
    table.text('shift_key').primary().comment('The shift that ends');
    table.integer('version').notNullable().comment('Of the last edit');
    table.text('text').notNullable().comment('Markdown');
    table.text('edited_by').notNullable().comment('Who');
    table.string('edited_at', 24).notNullable().comment('When');
    table.index(['edited_at'], 'on_call_handoff_notes_edited_idx');
  });

  await knex.schema.createTable('on_call_handoff_signatures', table => {
    table.comment('Who signed a handoff note as it is');
    table
      .text('shift_key')
      .notNullable()
      .comment('The note')
      .references('shift_key')
      .inTable('on_call_handoff_notes')
      .onDelete('CASCADE');
    table.string('role', 16).notNullable().comment('leaving, arriving');
    table.text('signed_by').notNullable().comment('Who');
    table.string('signed_at', 24).notNullable().comment('When');
    table.primary(['shift_key', 'role']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'on_call_handoff_signatures',
    'on_call_handoff_notes',
    'on_call_ticks',
    'on_call_notices',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('on_call_swaps', table => {
    table.dropColumns('shift_key', 'shift_start_at', 'shift_end_at');
  });
};
