import { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { DatabaseOnCallStore } from './DatabaseOnCallStore';
import { HandoffWatcher } from './HandoffWatcher';
import { OnCallSignals } from './OnCallSignals';
import { StoredSchedule } from './OnCallStore';
import { shiftsOfSchedule } from './scheduleAnswers';
import { ScheduleSources } from './ScheduleSources';
import { ShiftRecorder } from './ShiftRecorder';

jest.setTimeout(60_000);

const url = 'https://git.example.com/crm/on-call.yaml';
const signal = new AbortController().signal;

const yaml = (name: string, ...members: string[]) => `
name: ${name}
timeZone: Europe/Paris
levels:
  - name: primary
    layers:
      - members: [${members.map(member => `user:default/${member}`).join(', ')}]
        rotation: { unit: day, length: 1, start: '2026-11-01T09:00' }
`;

describe('schedules as code', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let store: DatabaseOnCallStore;
    let recorder: ShiftRecorder;
    let now: Date;
    let text: string | Error;
    let published: jest.Mock;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseOnCallStore(knex);
      recorder = new ShiftRecorder(store);
      now = new Date('2026-11-25T12:00:00Z');
      text = yaml('crm', 'ann', 'bob');
      published = jest.fn();
    });

    const readUrl: UrlReaderService['readUrl'] = async (_, options) => {
      if (text instanceof Error) {
        throw text;
      }
      if (options?.etag === text) {
        throw new NotModifiedError('the same');
      }
      return { buffer: async () => Buffer.from(String(text)), etag: text };
    };

    async function run(onCall: object = { locations: [url] }) {
      const sources = new ScheduleSources({
        config: mockServices.rootConfig({
          data: { observability: { onCall } },
        }),
        store,
        recorder,
        signals: new OnCallSignals({
          signals: { publish: published },
          logger: mockServices.logger.mock(),
        }),
        reader: mockServices.urlReader.mock({ readUrl }),
        logger: mockServices.logger.mock(),
        now: () => now,
      });
      await sources.run(signal);
    }

    const later = (hours: number) => {
      now = new Date(now.getTime() + hours * 3_600_000);
    };
    const load = (withDeleted = false) =>
      store.load({
        withDeleted,
        from: '2026-01-01T00:00:00.000Z',
        now: now.toISOString(),
      });
    const names = async () => (await load()).map(({ name }) => name);
    const messages = async () =>
      (await store.problems()).map(({ message }) => message);

    it('come into force when they are seen, and end when they are gone', async () => {
      text = `${yaml('crm', 'ann')}---${yaml('mail', 'bob')}`;
      await run();
      await expect(names()).resolves.toEqual(['crm', 'mail']);
      await run();
      expect(published).toHaveBeenCalledTimes(1);

      later(1);
      text = yaml('crm', 'bob');
      await run();
      expect(published).toHaveBeenCalledTimes(2);
      const [crm, mail] = await load(true);
      expect(crm.versions.map(({ effectiveFrom }) => effectiveFrom)).toEqual([
        '2026-11-25T12:00:00.000Z',
        '2026-11-25T13:00:00.000Z',
      ]);
      expect(crm.origin).toEqual({ type: 'file', location: url });
      expect(mail.deletedAt).toBe('2026-11-25T13:00:00.000Z');

      later(1);
      await run({});
      await expect(names()).resolves.toEqual([]);
      await expect(
        store.recorded('crm', '2026-11-25T00:00:00.000Z', now.toISOString()),
      ).resolves.toEqual([
        expect.objectContaining({
          start: '2026-11-25T12:00:00.000Z',
          end: '2026-11-25T13:00:00.000Z',
          people: ['user:default/ann'],
        }),
        expect.objectContaining({
          start: '2026-11-25T13:00:00.000Z',
          end: '2026-11-25T14:00:00.000Z',
          people: ['user:default/bob'],
        }),
      ]);
    });

    it('stay as they were while a file cannot be read, and say so since when', async () => {
      await run();
      const good = text;
      text = new NotFoundError('secret of the server');
      later(1);
      await run();
      later(1);
      await run();
      await expect(names()).resolves.toEqual(['crm']);
      await expect(store.problems()).resolves.toEqual([
        {
          location: url,
          message: `${url} cannot be read (NotFoundError)`,
          since: '2026-11-25T13:00:00.000Z',
        },
      ]);
      text = 'name: [';
      await run();
      await expect(messages()).resolves.toEqual([
        expect.stringContaining('is no YAML'),
      ]);
      await expect(names()).resolves.toEqual(['crm']);
      text = good;
      await run();
      await expect(messages()).resolves.toEqual([]);
      await expect(load()).resolves.toMatchObject([{ version: 1 }]);
    });

    it('that cannot be used take nothing from the others', async () => {
      text = `${yaml('crm', 'ann')}---${yaml('mail', 'bob')}`;
      await run();
      text = `${yaml('crm', 'ann').replace('Paris', 'Mars')}---${yaml(
        'mail',
        'ann',
      )}`;
      later(1);
      await run({ locations: [url], schedules: [{ name: 'mail' }, 7] });
      await expect(names()).resolves.toEqual(['crm', 'mail']);
      const [crm, mail] = await load();
      expect([crm.version, mail.version]).toEqual([1, 2]);
      await expect(messages()).resolves.toEqual([
        expect.stringContaining('Schedule crm: timeZone'),
        expect.stringContaining('Schedule mail: '),
        expect.stringContaining('Schedule number 2: '),
      ]);
    });

    it('do not take the name of another, and may come back', async () => {
      await store.create({
        definition: JSON.parse(
          JSON.stringify({
            name: 'crm',
            timeZone: 'Europe/Paris',
            levels: [],
          }),
        ),
        origin: { type: 'api' },
        createdBy: 'user:default/ann',
        now: now.toISOString(),
      });
      await run();
      await expect(messages()).resolves.toEqual([
        expect.stringContaining('names are not used twice'),
      ]);

      text = yaml('mail', 'ann');
      await run();
      later(1);
      text = '';
      await run();
      later(1);
      text = yaml('mail', 'ann');
      await run();
      later(1);
      const [, mail] = await load();
      await expect(peopleByHour(mail)).resolves.toEqual([
        ['2026-11-25T12:00:00.000Z', '2026-11-25T13:00:00.000Z'],
        ['2026-11-25T14:00:00.000Z', '2026-11-26T08:00:00.000Z'],
      ]);
    });

    it('answer for the past from the record, whatever is edited since', async () => {
      await run();
      later(72);
      await recorder.recordAll(now.toISOString(), signal);
      await recorder.recordAll(now.toISOString(), signal);
      const [before] = await load();
      const past = await peopleByHour(before);
      expect(past).toHaveLength(4);

      text = yaml('crm', 'bob', 'ann');
      await run();
      // Even where the versions are no longer what they were.
      await knex('on_call_versions').update({
        definition: knex.raw(`replace(definition, 'ann', 'eve')`),
      });
      later(24);
      const [after] = await load();
      const shifts = await store.recorded(
        'crm',
        '2026-11-25T00:00:00.000Z',
        now.toISOString(),
      );
      expect(shifts.flatMap(({ people }) => people)).not.toContain(
        'user:default/eve',
      );
      const replayed = await peopleByHour(after);
      expect(replayed.slice(0, 3)).toEqual(past.slice(0, 3));
    });

    it('tell open pages when the watch passes on by itself', async () => {
      await run();
      const handoffs = new HandoffWatcher({
        store,
        signals: new OnCallSignals({
          signals: { publish: published },
          logger: mockServices.logger.mock(),
        }),
      });
      published.mockClear();
      await handoffs.run(new Date('2026-11-26T07:59:30Z'));
      expect(published).not.toHaveBeenCalled();
      await handoffs.run(new Date('2026-11-26T08:00:30Z'));
      expect(published).toHaveBeenCalledWith({
        recipients: { type: 'broadcast' },
        channel: 'observability:on-call',
        message: {},
      });
    });

    async function peopleByHour(schedule: StoredSchedule) {
      const from = '2026-11-25T00:00:00.000Z';
      const to = now.toISOString();
      const { shifts } = shiftsOfSchedule(schedule, {
        recorded: await store.recorded(schedule.name, from, to),
        from,
        to,
        now: to,
      });
      return shifts.map(({ start, end }) => [start, end]);
    }
  });
});
