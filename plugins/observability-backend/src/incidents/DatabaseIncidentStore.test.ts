import { Incident } from '@watchkeeper/backstage-plugin-observability-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { DatabaseOutbox } from '../notifications/DatabaseOutbox';
import { OutboxMessage } from '../notifications/Outbox';
import { DatabaseIncidentStore } from './DatabaseIncidentStore';
import { NewEntry } from './IncidentStore';

const databases = createTestDatabases();

const at = (minute: number) =>
  new Date(Date.UTC(2026, 10, 22, 13, minute)).toISOString();

let ids = 0;
function incidentOf(
  changes: Partial<Incident> = {},
): Omit<Incident, 'number' | 'version'> {
  ids += 1;
  const declaredAt = changes.declaredAt ?? at(35);
  return {
    id: `incident-${ids}`,
    title: 'Quotes cannot be created',
    severity: 'SEV-2',
    severityConfirmed: true,
    state: 'triage',
    entityRefs: ['component:default/crm-api'],
    roles: { responders: [] },
    declaredBy: 'user:default/ben',
    metrics: [],
    detectedAt: declaredAt,
    declaredAt,
    stateSince: declaredAt,
    reachedAt: { triage: declaredAt },
    verifiedInProduction: false,
    impact: {},
    links: [],
    ...changes,
  };
}

function note(text: string, changes: Partial<NewEntry> = {}): NewEntry {
  return {
    at: at(40),
    kind: 'note',
    actor: 'user:default/ben',
    text,
    ...changes,
  };
}

function message(occurrence: string): OutboxMessage {
  return {
    kind: 'incident',
    subject: 'incident-1',
    occurrence,
    recipients: ['group:default/crm'],
    payload: {
      title: 'INC-1',
      severity: 'high',
      topic: 'incident',
      scope: 'incident:1',
    },
  };
}

describe.each(databases.eachSupportedId())(
  'DatabaseIncidentStore, %s',
  databaseId => {
    let knex: Knex;
    let store: DatabaseIncidentStore;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseIncidentStore({
        knex,
        outbox: new DatabaseOutbox(knex),
      });
    });

    it('numbers incidents that are declared at once, each once', async () => {
      const declared = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.declare(incidentOf(), { now: at(35) }),
        ),
      );
      expect(
        declared.map(({ incident }) => incident.number).sort((a, b) => a - b),
      ).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      const [{ incident }] = declared;
      await expect(store.get(incident.id)).resolves.toEqual(declared[0]);
      await expect(store.get(String(incident.number))).resolves.toEqual(
        declared[0],
      );
    });

    it('loses no entry of many people who write at once, and repeats none', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      const other = new DatabaseIncidentStore({
        knex,
        outbox: new DatabaseOutbox(knex),
      });
      const texts = Array.from({ length: 60 }, (_, index) => `note ${index}`);
      await Promise.all(
        texts.map((text, index) =>
          (index % 2 ? store : other).append(incident.id, [note(text)], {
            now: at(40),
          }),
        ),
      );
      const entries = await store.tail({
        incidentId: incident.id,
        after: 0,
        limit: 100,
      });
      expect(entries.map(({ sequence }) => sequence)).toEqual(
        texts.map((_, index) => index + 1),
      );
      expect(new Set(entries.map(({ text }) => text))).toEqual(new Set(texts));
      await expect(store.get(incident.id)).resolves.toMatchObject({
        sequence: 60,
        incident: { version: 1 },
      });
    });

    it('lets one of two win who change the same version, and writes nothing of the other', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      const outcomes = await Promise.all(
        ['Quotes fail', 'Quotes are slow'].map(title =>
          store.change(
            { ...incident, title },
            {
              entries: [note(title)],
              messages: () => [message(title)],
              now: at(36),
            },
          ),
        ),
      );
      const winners = outcomes.flatMap(outcome => outcome ?? []);
      expect(winners).toHaveLength(1);
      const [{ incident: winner }] = winners;
      expect(winner.version).toBe(2);

      await expect(store.get(incident.id)).resolves.toEqual({
        incident: winner,
        changedAt: at(36),
        sequence: 1,
      });
      const entries = await store.tail({
        incidentId: incident.id,
        after: 0,
        limit: 10,
      });
      expect(entries.map(({ text }) => text)).toEqual([winner.title]);
      await expect(knex('outbox').pluck('occurrence')).resolves.toEqual([
        winner.title,
      ]);
    });

    it('writes nothing at all where one part of a change fails', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      await expect(
        store.change(
          { ...incident, title: 'Half' },
          {
            entries: [note('half')],
            messages: () => [message('half')],
            then: async () => {
              throw new Error('the draft cannot be written');
            },
            now: at(36),
          },
        ),
      ).rejects.toThrow('the draft cannot be written');
      await expect(store.get(incident.id)).resolves.toMatchObject({
        incident: { title: 'Quotes cannot be created', version: 1 },
        sequence: 0,
      });
      await expect(knex('outbox')).resolves.toEqual([]);
    });

    it('takes an entry from its source once, without a hole in the sequence', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      const down = note('api is down', {
        kind: 'signal',
        sourceKey: 'health:7',
      });
      await Promise.all(
        [1, 2, 3].map(() => store.append(incident.id, [down], { now: at(40) })),
      );
      await store.append(incident.id, [down, note('seen'), down], {
        now: at(41),
      });
      const entries = await store.tail({
        incidentId: incident.id,
        after: 0,
        limit: 10,
      });
      expect(entries.map(({ text, sequence }) => [text, sequence])).toEqual([
        ['api is down', 1],
        ['seen', 2],
      ]);
    });

    it('reads a timeline by when things happened, in pages, and keeps when they were written', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      await store.append(incident.id, [note('now', { at: at(50) })], {
        now: at(50),
      });
      await store.append(
        incident.id,
        [
          note('afterwards', {
            at: at(33),
            kind: 'deployment',
            data: { version: '2026.11.22-2' },
          }),
        ],
        { now: at(52) },
      );
      await store.append(incident.id, [note('then', { at: at(41) })], {
        now: at(53),
      });
      const page = (options: object = {}) =>
        store.timeline({ incidentId: incident.id, limit: 2, ...options });

      const first = await page();
      expect(first.map(({ text }) => text)).toEqual(['now', 'then']);
      const [rest] = await page({ before: first[1] });
      expect(rest).toMatchObject({
        text: 'afterwards',
        at: at(33),
        recordedAt: at(52),
        sequence: 2,
        data: { version: '2026.11.22-2' },
      });
      await expect(page({ kinds: ['deployment'] })).resolves.toEqual([rest]);
    });

    it('pins beside the entries, which stay as they are', async () => {
      const { incident } = await store.declare(incidentOf(), {
        entries: [note('pool is full', { pinned: true }), note('looking')],
        now: at(35),
      });
      const [first, second] = await store.tail({
        incidentId: incident.id,
        after: 0,
        limit: 10,
      });
      expect([first.pinned, second.pinned]).toEqual([true, false]);
      const pin = (entryId: string, pinned: boolean) =>
        store.pin({
          incidentId: incident.id,
          entryId,
          pinned,
          by: 'user:default/ana',
          now: at(36),
        });
      await pin(second.id, true);
      await pin(second.id, true);
      await pin(first.id, false);
      await expect(store.pins(incident.id)).resolves.toEqual([second.id]);
      await expect(
        store.timeline({ incidentId: incident.id, pinned: true, limit: 10 }),
      ).resolves.toEqual([{ ...second, pinned: true }]);
    });

    it('lists open ones first, the worst first, then the latest, in pages', async () => {
      const declare = (changes: Partial<Incident>) =>
        store.declare(incidentOf(changes), { now: at(59) });
      await declare({
        title: 'old and over',
        state: 'closed',
        severity: 'SEV-1',
      });
      await declare({ title: 'minor', severity: 'SEV-3', declaredAt: at(50) });
      await declare({ title: 'worse', severity: 'SEV-1', declaredAt: at(10) });
      await declare({
        title: 'worse too',
        severity: 'SEV-1',
        declaredAt: at(5),
      });
      await declare({
        title: 'over',
        state: 'resolved',
        declaredAt: at(40),
        entityRefs: ['component:default/crm-web', 'component:default/crm-api'],
      });

      const titles: string[] = [];
      let after;
      do {
        const page: Awaited<ReturnType<typeof store.list>> = await store.list({
          after,
          limit: 2,
        });
        titles.push(...page.map(({ stored }) => stored.incident.title));
        after = page.at(1)?.position;
      } while (after);
      expect(titles).toEqual([
        'worse',
        'worse too',
        'minor',
        'over',
        'old and over',
      ]);

      const found = async (selection: object) =>
        (await store.list({ limit: 10, ...selection })).map(
          ({ stored }) => stored.incident.title,
        );
      await expect(
        found({ entityRefs: ['component:default/crm-web'] }),
      ).resolves.toEqual(['over']);
      await expect(found({ text: 'OVER old' })).resolves.toEqual([
        'old and over',
      ]);
      await expect(found({ text: '100%' })).resolves.toEqual([]);
      await expect(
        found({ declaredFrom: at(5), declaredBefore: at(40) }),
      ).resolves.toEqual(['worse', 'worse too', 'old and over']);
      await expect(found({ severities: ['SEV-3'] })).resolves.toEqual([
        'minor',
      ]);
      await expect(
        store.countOpen([
          'component:default/crm-api',
          'component:default/none',
        ]),
      ).resolves.toEqual(new Map([['component:default/crm-api', 3]]));
      expect(await store.open()).toHaveLength(3);
    });

    it('shares the draft of an update without losing what somebody else saved', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      const save = (text: string, version: number) =>
        store.saveUpdateDraft(incident.id, {
          text,
          version,
          by: 'user:default/ana',
          now: at(36),
        });
      await expect(store.updateDraft(incident.id)).resolves.toEqual({
        text: '',
        version: 0,
      });
      await expect(save('We are looking', 0)).resolves.toMatchObject({
        version: 1,
      });
      await expect(save('Me too', 0)).resolves.toBeUndefined();
      await expect(save('We know', 1)).resolves.toMatchObject({ version: 2 });
      await expect(save('Late', 1)).resolves.toBeUndefined();
      await expect(store.updateDraft(incident.id)).resolves.toEqual({
        text: 'We know',
        version: 2,
        by: 'user:default/ana',
        at: at(36),
      });
    });

    it('tells of a deadline once, whoever looks', async () => {
      const { incident } = await store.declare(incidentOf(), { now: at(35) });
      const remind = (dueAt: string) =>
        store.remind({
          incidentId: incident.id,
          clock: 'update',
          dueAt,
          messages: [message(dueAt)],
          now: at(59),
        });
      const told = await Promise.all([remind(at(50)), remind(at(50))]);
      expect(told.sort()).toEqual([false, true]);
      await expect(remind(at(50))).resolves.toBe(false);
      await expect(remind(at(55))).resolves.toBe(true);
      await expect(knex('outbox').pluck('occurrence')).resolves.toEqual([
        at(50),
        at(55),
      ]);
    });

    it('forgets what is long over, with its timeline, and nothing that is open', async () => {
      const over = await store.declare(
        incidentOf({ state: 'closed', declaredAt: at(1) }),
        { entries: [note('over', { pinned: true })], now: at(1) },
      );
      const open = await store.declare(incidentOf({ declaredAt: at(1) }), {
        entries: [note('open')],
        now: at(1),
      });
      await expect(store.deleteBefore(new Date(at(2)))).resolves.toBe(1);
      await expect(store.get(over.incident.id)).resolves.toBeUndefined();
      await expect(knex('incident_timeline').pluck('text')).resolves.toEqual([
        'open',
      ]);
      await expect(store.get(open.incident.id)).resolves.toMatchObject({
        sequence: 1,
      });
    });
  },
);
