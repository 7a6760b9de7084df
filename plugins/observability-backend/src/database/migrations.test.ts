import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { TestWorld, testEntity } from '../__testUtils__/TestWorld';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@watchkeeper/backstage-plugin-observability-backend',
  'migrations',
);

async function tablesOf(knex: Knex): Promise<string[]> {
  const isSqlite = String(knex.client.config.client).includes('sqlite');
  const names: string[] = isSqlite
    ? await knex('sqlite_master').where({ type: 'table' }).pluck('name')
    : await knex('pg_tables')
        .where({ schemaname: 'public' })
        .pluck('tablename');
  return names
    .filter(name => !/^(knex|sqlite)_/.test(name))
    .sort((a, b) => a.localeCompare(b));
}

/** Fills each table the way the plugin does. */
async function fill(knex: Knex): Promise<void> {
  const world = new TestWorld({ knex });
  world.entities = [
    testEntity('component:default/web', {
      ids: 'one',
      relations: [
        ['ownedBy', 'group:default/crm'],
        ['dependsOn', 'component:default/api'],
      ],
    }),
  ];
  await world.follow();
  world.providers[0].values = { one: 60 };
  await world.cycle();
  const [{ id: targetId }] = await knex('targets').select('id');
  await knex.transaction(trx =>
    world.uptime.record(trx, { provider: 'fake', instance: 'default' }, [
      {
        targetId: Number(targetId),
        observedAt: world.now,
        staleAt: world.now,
        monitors: [
          {
            id: 'site',
            name: 'Site',
            type: 'http',
            state: 'down',
            since: '2026-11-20T00:00:00.000Z',
          },
        ],
        history: [],
      },
    ]),
  );
  await world.uptime.sumUpDays({
    now: world.now,
    notBefore: new Date(0),
    signal: new AbortController().signal,
  });
  const [{ id: seriesId }] = await knex('series').select('id');
  await knex('samples_daily').insert({
    series_id: seriesId,
    day: 20_000,
    count: 1,
    sum: 1,
    min: 1,
    max: 1,
  });
  const at = world.now.toISOString();
  await knex('restore_tests').insert({
    id: 'test',
    entity_ref: 'component:default/web',
    at,
    result: 'passed',
    recorded_by: 'user:default/ann',
    recorded_at: at,
  });
  await knex('on_call_schedules').insert({
    name: 'crm',
    origin: 'api',
    version: 1,
    created_at: at,
  });
  await knex('on_call_versions').insert({
    schedule: 'crm',
    version: 1,
    definition: '{}',
    effective_from: at,
    created_by: 'user:default/ann',
    created_at: at,
  });
  await knex('on_call_overrides').insert({
    id: 'override',
    schedule: 'crm',
    start_at: at,
    end_at: at,
    created_by: 'user:default/ann',
    created_at: at,
  });
  await knex('on_call_swaps').insert({
    id: 'swap',
    schedule: 'crm',
    level: 'primary',
    start_at: at,
    end_at: at,
    from_ref: 'user:default/ann',
    state: 'open',
    created_at: at,
  });
  await knex('on_call_shifts').insert({
    schedule: 'crm',
    level: 'primary',
    start_at: at,
    end_at: at,
    shift_key: 'key',
    people: '[]',
    source: '{}',
  });
  await knex('on_call_sources').insert({ location: 'file', problems: '[]' });
  await knex('on_call_notices').insert({
    schedule: 'crm',
    kind: 'week',
    occurrence: 'key',
    person: 'user:default/ann',
    level: 'primary',
    start_at: at,
    state: 'sent',
    decided_at: at,
  });
  await knex('on_call_ticks').insert({
    schedule: 'crm',
    shift_key: 'key',
    item_id: 'item',
    done: true,
    changed_by: 'user:default/ann',
    changed_at: at,
  });
  await knex('on_call_handoff_notes').insert({
    schedule: 'crm',
    shift_key: 'key',
    version: 1,
    text: 'All is well',
    edited_by: 'user:default/ann',
    edited_at: at,
  });
  await knex('on_call_handoff_signatures').insert({
    shift_key: 'key',
    role: 'leaving',
    signed_by: 'user:default/ann',
    signed_at: at,
  });
  await knex('on_call_feeds').insert({
    id: 'feed',
    token_hash: 'hash',
    owner_ref: 'user:default/ann',
    label: 'Phone',
    created_at: at,
  });
  await knex('on_call_calendars').insert({
    audience: 'schedule:crm',
    revision: 'one',
  });
  await knex('on_call_calendar_events').insert({
    audience: 'schedule:crm',
    shift_key: 'key',
    schedule: 'crm',
    level: 'primary',
    start_at: at,
    end_at: at,
    people: '[]',
    sequence: 0,
    modified_at: at,
  });
  await knex('external_sources').insert({
    provider: 'pagerduty',
    instance: 'default',
    title: 'PagerDuty (default)',
    unknown_services: '[]',
  });
  await knex('external_schedules').insert({
    name: 'pagerduty~default~P1',
    provider: 'pagerduty',
    instance: 'default',
    external_id: 'P1',
    title: 'CRM',
    time_zone: 'UTC',
    levels: '[]',
    known_from: at,
    known_until: at,
    observed_at: at,
  });
  await knex('external_services').insert({
    schedule: 'pagerduty~default~P1',
    service_id: 'PSERVICE',
  });
  await knex('external_shifts').insert({
    schedule: 'pagerduty~default~P1',
    level: 'Level 1',
    start_at: at,
    people: '[]',
  });
  await fillRunbooks(knex, at);
  await fillIncidents(knex, at);
  await knex('idempotent_requests').insert({
    id: 'request',
    body_hash: 'hash',
    claim: 'claim',
    claimed_until: at,
    created_at: at,
  });
}

async function fillIncidents(knex: Knex, at: string): Promise<void> {
  const incident_id = 'incident';
  await knex('incidents').insert({
    id: incident_id,
    number: 1,
    document: '{}',
    severity: 'SEV-1',
    state: 'triage',
    list_rank: 0,
    search_text: '',
    declared_at: at,
    changed_at: at,
    version: 1,
    sequence: 1,
  });
  await knex('incident_entities').insert({
    incident_id,
    entity_ref: 'component:default/web',
  });
  await knex('incident_timeline').insert({
    id: 'entry',
    incident_id,
    sequence: 1,
    at,
    recorded_at: at,
    kind: 'note',
    actor: 'user:default/ann',
    text: 'It is down',
  });
  await knex('incident_pins').insert({
    entry_id: 'entry',
    incident_id,
    pinned_by: 'user:default/ann',
    pinned_at: at,
  });
  await knex('incident_update_drafts').insert({
    incident_id,
    text: 'We look into it',
    version: 1,
    saved_by: 'user:default/ann',
    saved_at: at,
  });
  await knex('incident_reminders').insert({
    incident_id,
    clock: 'update',
    due_at: at,
    told_at: at,
  });
}

async function fillRunbooks(knex: Knex, at: string): Promise<void> {
  await knex('entity_runbook_locations').insert({
    entity_ref: 'component:default/web',
    position: 0,
    kind: 'text',
    location: 'https://git.example/runbooks',
    annotation: 'watchkeeper.io/runbooks',
  });
  await knex('runbook_sources').insert({
    id: 'source',
    location: 'https://git.example/runbooks',
    kind: 'text',
    entity_refs: '[]',
    settings_hash: 'hash',
    next_run_at: at,
  });
  await knex('runbooks').insert({
    id: 'runbook',
    revision: 'one',
    url: 'https://git.example/runbooks/a.md',
    title: 'A',
    summary: '{}',
    search: '{}',
    content_hash: 'hash',
    read_at: at,
  });
  await knex('runbook_documents').insert({
    source_id: 'source',
    url_hash: 'hash',
    runbook_id: 'runbook',
    content_hash: 'hash',
  });
  await knex('runbook_runs').insert({
    id: 'run',
    runbook_id: 'runbook',
    title: 'A',
    entity_refs: '[]',
    content_hash: 'hash',
    steps: '[]',
    step_count: 0,
    settled_count: 0,
    version: 1,
    started_at: at,
    started_by: 'user:default/ann',
    changed_at: at,
  });
  await knex('runbook_run_steps').insert({
    run_id: 'run',
    step_index: 0,
    state: 'done',
    changed_by: 'user:default/ann',
    changed_at: at,
    version: 1,
  });
  await knex('runbook_links').insert({
    id: 'link',
    url: 'https://git.example',
    is_dead: false,
    failures: 0,
    next_check_at: at,
  });
  await knex('runbook_coverage_days').insert({
    day: '2026-11-24',
    entity_ref: 'component:default/web',
    ok: 0,
    total: 1,
  });
}

describe('migrations', () => {
  const databases: TestDatabases = createTestDatabases();

  it.each(databases.eachSupportedId())(
    'go up, down over data and up again, on %p',
    async id => {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory });
      const tables = await tablesOf(knex);
      expect(tables).toEqual([
        'entities',
        'entity_health',
        'entity_relations',
        'entity_runbook_locations',
        'entity_targets',
        'external_schedules',
        'external_services',
        'external_shifts',
        'external_sources',
        'idempotent_requests',
        'incident_entities',
        'incident_numbers',
        'incident_pins',
        'incident_reminders',
        'incident_timeline',
        'incident_update_drafts',
        'incidents',
        'monitor_days',
        'monitor_intervals',
        'monitors',
        'on_call_calendar_events',
        'on_call_calendars',
        'on_call_feeds',
        'on_call_handoff_notes',
        'on_call_handoff_signatures',
        'on_call_notices',
        'on_call_overrides',
        'on_call_schedules',
        'on_call_shifts',
        'on_call_sources',
        'on_call_swaps',
        'on_call_ticks',
        'on_call_versions',
        'outbox',
        'provider_instances',
        'restore_tests',
        'runbook_coverage_days',
        'runbook_documents',
        'runbook_links',
        'runbook_revision',
        'runbook_run_steps',
        'runbook_runs',
        'runbook_sources',
        'runbooks',
        'samples_daily',
        'samples_hourly',
        'samples_raw',
        'series',
        'signal_states',
        'snapshots',
        'target_monitors',
        'targets',
        'transitions',
      ]);

      await fill(knex);
      for (const table of tables) {
        await expect(knex(table).first()).resolves.toBeDefined();
      }

      await knex.migrate.rollback({ directory }, true);
      await expect(tablesOf(knex)).resolves.toEqual([]);

      await knex.migrate.latest({ directory });
      await expect(tablesOf(knex)).resolves.toEqual(tables);
      await fill(knex);
      await expect(knex('entity_health').first('status')).resolves.toEqual({
        status: 'critical',
      });
    },
  );
});
