// @ts-check

/*
 * Times of monitors are whole seconds since 1970, days count from 1970 in UTC:
 * short, since there is a row for each monitor and day.
 */

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('monitors', table => {
    table.comment(
      'The monitors of each vendor, as they are now; several targets may share one',
    );
    table.increments('id').comment('Short, since intervals refer to it');
    table.string('provider').notNullable().comment('The vendor');
    table
      .string('instance')
      .notNullable()
      .comment('The configured instance of the vendor');
    table
      .string('monitor_id', 512)
      .notNullable()
      .comment("The vendor's id of it");
    table.text('name').notNullable().comment("The vendor's name of it");
    table.text('url').nullable().comment('What it checks');
    table.string('state', 16).notNullable().comment('As it was last seen');
    table
      .bigInteger('since')
      .notNullable()
      .comment('When the interval that goes on began, else when last seen');
    table
      .boolean('has_reason')
      .notNullable()
      .comment('That interval has a reason or needs none');
    table.bigInteger('known_since').notNullable().comment('Nothing is older');
    table.bigInteger('observed_at').notNullable().comment('When last seen');
    table
      .bigInteger('stale_at')
      .notNullable()
      .comment('Later, that says nothing about now');
    table
      .integer('summed_until')
      .notNullable()
      .comment('The days before this one are summed up');
    table.unique(['provider', 'instance', 'monitor_id'], {
      indexName: 'monitors_identity_uniq',
    });
  });

  await knex.schema.createTable('target_monitors', table => {
    table.comment('Which monitors the last reading of a target held');
    table
      .integer('target_id')
      .unsigned()
      .notNullable()
      .comment('The target')
      .references('id')
      .inTable('targets')
      .onDelete('CASCADE');
    table
      .integer('monitor_id')
      .unsigned()
      .notNullable()
      .comment('The monitor')
      .references('id')
      .inTable('monitors')
      .onDelete('CASCADE');
    table
      .integer('position')
      .notNullable()
      .comment('Its place among those of the target');
    table.primary(['target_id', 'monitor_id']);
    table.index(['monitor_id'], 'target_monitors_monitor_id_idx');
  });

  await knex.schema.createTable('monitor_intervals', table => {
    table.comment(
      'The past of monitors: half open, without overlap; what none covers is unknown',
    );
    table
      .integer('monitor_id')
      .unsigned()
      .notNullable()
      .comment('The monitor')
      .references('id')
      .inTable('monitors')
      .onDelete('CASCADE');
    table.bigInteger('started_at').notNullable().comment('First second');
    table
      .bigInteger('ended_at')
      .nullable()
      .comment('Second after the last; null while it goes on');
    table
      .string('state', 16)
      .notNullable()
      .comment('up, degraded, down, maintenance, paused');
    table.text('reason').nullable().comment('Why, in words');
    table.primary(['monitor_id', 'started_at']);
  });

  await knex.schema.createTable('monitor_days', table => {
    table.comment(
      'Days that are over, summed up; one of which nothing is known has no row',
    );
    table
      .integer('monitor_id')
      .unsigned()
      .notNullable()
      .comment('The monitor')
      .references('id')
      .inTable('monitors')
      .onDelete('CASCADE');
    table.integer('day').notNullable().comment('Days since 1970, in UTC');
    table.integer('up').notNullable().comment('Seconds');
    table.integer('degraded').notNullable().comment('Seconds');
    table.integer('down').notNullable().comment('Seconds');
    table.integer('maintenance').notNullable().comment('Seconds');
    table.integer('paused').notNullable().comment('Seconds');
    table
      .integer('outages')
      .notNullable()
      .comment('How many times down touch the day');
    table.primary(['monitor_id', 'day']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('monitor_days');
  await knex.schema.dropTable('monitor_intervals');
  await knex.schema.dropTable('target_monitors');
  await knex.schema.dropTable('monitors');
};
