// @ts-check

/*
 * Instants are kept as text, RFC 3339 in UTC with milliseconds
 * (2026-11-24T21:00:00.000Z): equal on both databases, and text order is time
 * order. Only series count in seconds, where a row's size matters.
 */

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entities', table => {
    table.comment(
      'What the plugin needs to know of the entities of the catalog',
    );
    table
      .string('entity_ref', 512)
      .primary()
      .comment('Normalized entity reference');
    table.string('kind').notNullable().comment('Lower case');
    table.text('title').notNullable().comment('Title, else the name');
    table.string('owner_ref', 512).nullable().comment('First owner');
    table
      .string('system_ref', 512)
      .nullable()
      .comment('System that it is part of');
    table
      .text('search_text')
      .notNullable()
      .comment('Lower case text that the list is searched in');
    table
      .text('thresholds')
      .notNullable()
      .comment('JSON: the thresholds of its annotation');
    table
      .text('misconfigurations')
      .notNullable()
      .comment('JSON: annotations that cannot be read, in words');
    table
      .string('misconfigured_since', 24)
      .nullable()
      .comment('Since when they are those');
    table
      .string('hash', 64)
      .notNullable()
      .comment(
        'Of all that was read of it: unchanged entities are not written again',
      );
    table
      .string('refresh_requested_at', 24)
      .nullable()
      .comment('When a person last asked for a refresh');
    table.index(['owner_ref'], 'entities_owner_ref_idx');
    table.index(['system_ref'], 'entities_system_ref_idx');
  });

  await knex.schema.createTable('entity_relations', table => {
    table.comment('The relations that changes and roll-ups follow');
    table
      .string('source_ref', 512)
      .notNullable()
      .comment('The entity that has the relation')
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table
      .string('type')
      .notNullable()
      .comment('dependsOn, partOf, ownedBy, childOf');
    table
      .string('target_ref', 512)
      .notNullable()
      .comment('The entity at its other end');
    table.primary(['source_ref', 'type', 'target_ref']);
    table.index(['target_ref', 'type'], 'entity_relations_target_ref_idx');
  });

  await knex.schema.createTable('targets', table => {
    table.comment(
      'What is read at the vendors; several entities may share one',
    );
    table.increments('id').comment('Short, since series refer to it');
    table.string('provider').notNullable().comment('The vendor');
    table
      .string('instance')
      .notNullable()
      .comment('The configured instance of the vendor');
    table
      .string('target_key', 512)
      .notNullable()
      .comment("The vendor's id and the sorted environments");
    table
      .text('kinds')
      .notNullable()
      .comment('JSON: the kinds of signal that it gives');
    table
      .boolean('candidate')
      .notNullable()
      .defaultTo(false)
      .comment('No annotation says that this instance is meant');
    table
      .boolean('listed')
      .nullable()
      .comment('For a candidate: whether the instance lists it');
    table
      .text('details')
      .nullable()
      .comment('JSON: what the provider needs to know of it');
    table
      .text('state')
      .nullable()
      .comment('JSON: what the provider remembers of it');
    table
      .string('requested_at', 24)
      .nullable()
      .comment(
        'Somebody asked for it, or it is new, and it was not read since',
      );
    table.unique(['provider', 'instance', 'target_key'], {
      indexName: 'targets_identity_uniq',
    });
  });

  await knex.schema.createTable('entity_targets', table => {
    table.comment('Which targets the annotations of an entity name');
    table
      .string('entity_ref', 512)
      .notNullable()
      .comment('The entity')
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table
      .integer('target_id')
      .unsigned()
      .notNullable()
      .comment('The target')
      .references('id')
      .inTable('targets')
      .onDelete('CASCADE');
    table
      .integer('position')
      .notNullable()
      .comment('Its place among those of the entity');
    table.primary(['entity_ref', 'target_id']);
    table.index(['target_id'], 'entity_targets_target_id_idx');
  });

  await knex.schema.createTable('snapshots', table => {
    table.comment(
      'The last good reading of a target and kind, and what is wrong with the source now',
    );
    table
      .integer('target_id')
      .unsigned()
      .notNullable()
      .comment('The target')
      .references('id')
      .inTable('targets')
      .onDelete('CASCADE');
    table.string('kind').notNullable().comment('The kind of signal');
    table
      .string('observed_at', 24)
      .nullable()
      .comment('When the data was last read or confirmed');
    table
      .string('stale_at', 24)
      .nullable()
      .comment('Three intervals after that');
    table
      .string('problem_code')
      .nullable()
      .comment('Why the last attempt failed; null when it did not');
    table.text('problem_message').nullable().comment('The same in words');
    table
      .string('problem_since', 24)
      .nullable()
      .comment('When it first failed in a row');
    table
      .string('problem_retry_at', 24)
      .nullable()
      .comment('When the vendor said to ask again');
    table.text('url').nullable().comment("The vendor's page");
    table
      .text('measurements')
      .nullable()
      .comment('JSON: what thresholds are held against');
    table
      .text('summary')
      .nullable()
      .comment('JSON: the few numbers that lists draw');
    // Last, since SQLite reads its way through whatever stands before a column.
    table.text('data').nullable().comment('JSON: the model of that kind');
    table.primary(['target_id', 'kind']);
    table.index(['stale_at'], 'snapshots_stale_at_idx');
  });

  await knex.schema.createTable('series', table => {
    table.comment('Names of the series, so that a sample is short');
    table.increments('id').comment('What samples refer to');
    table
      .integer('target_id')
      .unsigned()
      .notNullable()
      .comment('The target')
      .references('id')
      .inTable('targets')
      .onDelete('CASCADE');
    table.string('metric').notNullable().comment('<kind>.<name>');
    table
      .string('subject', 512)
      .notNullable()
      .defaultTo('')
      .comment('What it was measured on, when the target has several');
    table.unique(['target_id', 'metric', 'subject'], {
      indexName: 'series_identity_uniq',
    });
  });

  await knex.schema.createTable('samples_raw', table => {
    table.comment('Samples as they were read, for two days');
    table
      .integer('series_id')
      .unsigned()
      .notNullable()
      .comment('The series')
      .references('id')
      .inTable('series')
      .onDelete('CASCADE');
    table.integer('at').notNullable().comment('Seconds since 1970');
    table.double('value').notNullable().comment('In the unit of the metric');
    table.primary(['series_id', 'at']);
    table.index(['at'], 'samples_raw_at_idx');
  });

  await knex.schema.createTable('samples_hourly', table => {
    table.comment('Samples by the hour');
    table
      .integer('series_id')
      .unsigned()
      .notNullable()
      .comment('The series')
      .references('id')
      .inTable('series')
      .onDelete('CASCADE');
    table
      .integer('at')
      .notNullable()
      .comment('Start of the hour, seconds since 1970');
    table.integer('count').notNullable().comment('How many samples');
    table.double('sum').notNullable().comment('Of their values');
    table.double('min').notNullable().comment('The least of them');
    table.double('max').notNullable().comment('The greatest of them');
    table.primary(['series_id', 'at']);
    table.index(['at'], 'samples_hourly_at_idx');
  });

  await knex.schema.createTable('provider_instances', table => {
    table.comment('How each configured instance of a vendor is doing');
    table.string('provider').notNullable().comment('The vendor');
    table.string('instance').notNullable().comment('Its name in configuration');
    table
      .text('state')
      .nullable()
      .comment('JSON: what the provider remembers of the whole instance');
    table
      .string('cycle_id', 36)
      .nullable()
      .comment(
        'The cycle that may write; an older one that still runs may not',
      );
    table
      .string('last_run_at', 24)
      .nullable()
      .comment('Start of the last cycle');
    table
      .string('last_success_at', 24)
      .nullable()
      .comment('End of the last cycle in which not everything failed');
    table
      .string('problem_code')
      .nullable()
      .comment('Why the last cycle failed as a whole');
    table.text('problem_message').nullable().comment('The same in words');
    table
      .string('problem_since', 24)
      .nullable()
      .comment('When it first failed in a row');
    table
      .string('problem_retry_at', 24)
      .nullable()
      .comment('When the vendor said to ask again');
    table.primary(['provider', 'instance']);
  });

  await knex.schema.createTable('signal_states', table => {
    table.comment(
      'The status of each signal of each entity, and the breaches behind it',
    );
    table
      .string('entity_ref', 512)
      .notNullable()
      .comment('The entity')
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table
      .integer('target_id')
      .unsigned()
      .notNullable()
      .comment('The target')
      .references('id')
      .inTable('targets')
      .onDelete('CASCADE');
    table.string('kind').notNullable().comment('The kind of signal');
    table
      .string('status')
      .notNullable()
      .comment('ok, warning, critical, unknown');
    table.string('since', 24).nullable().comment('Since when');
    table.text('reasons').notNullable().comment('JSON: worst first');
    table
      .text('breaches')
      .notNullable()
      .comment('JSON: since when each threshold is broken');
    table.primary(['entity_ref', 'target_id', 'kind']);
    table.index(['target_id', 'kind'], 'signal_states_target_id_idx');
  });

  await knex.schema.createTable('entity_health', table => {
    table.comment(
      'The roll-up of an entity: what the list of all services reads',
    );
    table
      .string('entity_ref', 512)
      .primary()
      .comment('The entity')
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table
      .string('status')
      .nullable()
      .comment('Null when nothing is configured');
    table
      .integer('rank')
      .notNullable()
      .comment('Order of the statuses, worst highest');
    table.string('since', 24).nullable().comment('Since when');
    table
      .string('sort_since', 24)
      .notNullable()
      .comment('The same, for paging; after all instants when there is none');
    table.text('reasons').notNullable().comment('JSON: the worst ones');
    table
      .text('search_text')
      .notNullable()
      .comment('Lower case: the worst ones in words, to be searched in');
    table.integer('reason_count').notNullable().comment('How many there are');
    table
      .text('signal_counts')
      .notNullable()
      .comment('JSON: how many signals are in each status');
    table
      .text('errors')
      .nullable()
      .comment('JSON: events of 24 hours and their trend');
    table
      .string('episode_id', 36)
      .nullable()
      .comment(
        'The transition that began the critical episode which is not over',
      );
  });
  // Worst first, then longest: the order in which lists are read.
  await knex.raw(
    'create index entity_health_order_idx on entity_health (rank desc, sort_since, entity_ref)',
  );

  await knex.schema.createTable('transitions', table => {
    table.comment(
      'Each change of a status or of a breach, written in the transaction that saw it',
    );
    table
      .string('id', 36)
      .primary()
      .comment('Names the transition in notifications');
    table.string('entity_ref', 512).notNullable().comment('The entity');
    table
      .text('signal_id')
      .nullable()
      .comment('The signal; null for the roll-up of the entity');
    table
      .string('metric')
      .nullable()
      .comment('The metric; null for a whole status');
    table.text('subject_id').nullable().comment('What it was measured on');
    table.text('subject_name').nullable().comment('The same for people');
    table.string('from_status').nullable().comment('Null: none, or not firing');
    table.string('to_status').nullable().comment('Null: none, or not firing');
    table.string('at', 24).notNullable().comment('When it changed');
    table.text('message').nullable().comment('In words');
    table.index(['entity_ref', 'at'], 'transitions_entity_ref_idx');
    table.index(['at'], 'transitions_at_idx');
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('Notifications that are to be sent, at least once');
    table.increments('id').comment('In the order of writing');
    table.string('kind').notNullable().comment('What happened');
    table.string('subject', 512).notNullable().comment('To what');
    table
      .string('occurrence')
      .notNullable()
      .comment('Which time: never twice the same');
    table.text('payload').notNullable().comment('JSON: recipients and text');
    table.string('created_at', 24).notNullable().comment('When it was written');
    table
      .string('not_before', 24)
      .notNullable()
      .comment(
        'Not to be claimed earlier: a lease, or a pause after a failure',
      );
    table.string('sent_at', 24).nullable().comment('When it was handed over');
    table
      .integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('How often it was tried');
    table.unique(['kind', 'subject', 'occurrence'], {
      indexName: 'outbox_occurrence_uniq',
    });
    table.index(['sent_at', 'not_before'], 'outbox_due_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'outbox',
    'transitions',
    'entity_health',
    'signal_states',
    'provider_instances',
    'samples_hourly',
    'samples_raw',
    'series',
    'snapshots',
    'entity_targets',
    'targets',
    'entity_relations',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
