// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('http_checks', table => {
    table.comment('HTTP checks: when each is due, who runs it, how it is');
    table.string('name', 63).primary().comment('Its name in configuration');
    table
      .string('due_at', 24)
      .notNullable()
      .index()
      .comment('When it is to run next: RFC 3339 in UTC with milliseconds');
    table
      .string('lease_owner', 36)
      .nullable()
      .comment('The process that runs it now');
    table
      .string('lease_until', 24)
      .nullable()
      .comment('From then on another process may run it');
    table
      .string('created_at', 24)
      .notNullable()
      .comment('When it was first seen in configuration');
    table.text('state').nullable().comment('JSON: how it is, and was lately');
    table
      .text('target_keys')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON: the targets that it belongs to');
  });

  await knex.schema.createTable('http_check_results', table => {
    table.comment('Response times until they are taken over as samples');
    table.string('name', 63).notNullable().comment('The check');
    table.string('at', 24).notNullable().index().comment('When it had ended');
    table.integer('response_ms').notNullable().comment('In milliseconds');
    table.primary(['name', 'at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('http_check_results');
  await knex.schema.dropTable('http_checks');
};
