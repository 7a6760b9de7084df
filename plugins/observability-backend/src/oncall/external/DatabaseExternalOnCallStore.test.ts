import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/databases';
import { DatabaseExternalOnCallStore } from './DatabaseExternalOnCallStore';
import {
  RecordedExternalSchedule,
  RecordedExternalShift,
  RecordedReading,
  SupersededReadingError,
} from './ExternalOnCallStore';

const databases = createTestDatabases();
const SOURCE = {
  provider: 'pagerduty',
  instance: 'default',
  title: 'PagerDuty (default)',
};
const NAME = 'pagerduty~default~P1';
const ana = { ref: 'user:default/ana' };
const bea = { ref: 'user:default/bea' };
const guest = { ref: 'urn:watchkeeper:person:x', name: 'Guest' };

const at = (day: number, hour = 9) =>
  new Date(Date.UTC(2026, 10, day, hour)).toISOString();

function shift(
  people: RecordedExternalShift['people'],
  start: string,
  end?: string,
): RecordedExternalShift {
  return { level: 'Level 1', start, ...(end ? { end } : {}), people };
}

function schedule(
  shifts: RecordedExternalShift[],
  changes: Partial<RecordedExternalSchedule> = {},
): RecordedExternalSchedule {
  return {
    name: NAME,
    externalId: 'P1',
    title: 'CRM',
    timeZone: 'Europe/Paris',
    levels: ['Level 1'],
    services: ['PSERVICE'],
    shifts,
    ...changes,
  };
}

describe.each(databases.eachSupportedId())(
  'DatabaseExternalOnCallStore, %s',
  databaseId => {
    let knex: Knex;
    let store: DatabaseExternalOnCallStore;
    let readings: number;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      store = new DatabaseExternalOnCallStore(knex);
      readings = 0;
    });

    async function read(
      now: string,
      schedules: RecordedExternalSchedule[],
      changes: Partial<RecordedReading> = {},
    ): Promise<boolean> {
      readings += 1;
      await store.beginReading(SOURCE, `reading-${readings}`);
      return store.record(SOURCE, `reading-${readings}`, {
        now,
        knownFrom: at(1),
        knownUntil: at(30),
        schedules,
        unknownServices: [],
        ...changes,
      });
    }

    async function shifts(from = at(1)): Promise<string[]> {
      const [found] = await store.load({ names: [NAME], from });
      return (found?.external?.shifts ?? []).map(
        ({ start, end, people }) =>
          `${people
            .map(({ ref }) => ref.split('/').pop())
            .join('+')} ${start} ${end ?? 'open'}`,
      );
    }

    it('keeps what is over, whatever the source says of it later', async () => {
      await read(at(2), [
        schedule([shift([ana], at(1), at(8)), shift([bea], at(8), at(15))]),
      ]);
      await expect(shifts()).resolves.toEqual([
        `ana ${at(1)} ${at(8)}`,
        `bea ${at(8)} ${at(15)}`,
      ]);

      // Bea takes over the running week, and the source claims she had it all along.
      await read(at(4), [
        schedule([shift([bea], at(1), at(8)), shift([ana], at(8), at(15))]),
      ]);
      await expect(shifts()).resolves.toEqual([
        `ana ${at(1)} ${at(4)}`,
        `bea ${at(4)} ${at(8)}`,
        `ana ${at(8)} ${at(15)}`,
      ]);

      await read(at(9), [schedule([shift([ana], at(8), at(15))])]);
      await expect(shifts()).resolves.toEqual([
        `ana ${at(1)} ${at(4)}`,
        `bea ${at(4)} ${at(8)}`,
        `ana ${at(8)} ${at(15)}`,
      ]);
      await expect(shifts(at(6))).resolves.toHaveLength(2);
    });

    it('keeps the beginning of a watch that the source tells without one', async () => {
      await read(at(2), [schedule([shift([guest], at(1))])]);
      await read(at(3), [schedule([shift([guest], at(2))])]);
      const [found] = await store.load({ names: [NAME], from: at(3) });
      expect(found.external?.shifts).toEqual([
        { level: 'Level 1', start: at(1), people: [guest] },
      ]);
      await read(at(5), [schedule([])]);
      await expect(shifts()).resolves.toEqual([
        `urn:watchkeeper:person:x ${at(1)} ${at(5)}`,
      ]);
    });

    it('fills in the past only where nothing was known of it', async () => {
      await read(at(2), [schedule([shift([ana], at(1), at(9))])], {
        knownUntil: at(4),
      });
      await read(at(9, 10), [schedule([shift([bea], at(3), at(12))])]);
      await expect(shifts()).resolves.toEqual([
        `ana ${at(1)} ${at(4)}`,
        `bea ${at(4)} ${at(12)}`,
      ]);
    });

    it('says whether anything has changed but the time of the reading', async () => {
      const same = () => schedule([shift([ana], at(1), at(8))]);
      await expect(read(at(2), [same()])).resolves.toBe(true);
      await expect(read(at(3), [same()])).resolves.toBe(false);
      await expect(
        read(at(4), [{ ...same(), title: 'CRM, day and night' }]),
      ).resolves.toBe(true);
      await expect(
        read(at(4), [{ ...same(), title: 'CRM, day and night' }], {
          unknownServices: ['PX'],
        }),
      ).resolves.toBe(true);
      const [found] = await store.load({ names: [NAME], from: at(4) });
      expect(found).toMatchObject({
        origin: {
          type: 'external',
          location: 'PagerDuty (default)',
          provider: 'pagerduty',
          observedAt: at(4),
        },
        versions: [{ definition: { title: 'CRM, day and night' } }],
      });
    });

    it('ends a schedule that is gone, unless a part could not be read', async () => {
      await read(at(2), [schedule([shift([ana], at(1), at(8))])]);
      await read(at(3), [], {
        problem: { code: 'unavailable', message: 'No.', since: at(3) },
      });
      await expect(store.namesOf([NAME])).resolves.toEqual(new Set([NAME]));

      await read(at(4), []);
      await expect(store.namesOf([NAME])).resolves.toEqual(new Set());
      await expect(shifts()).resolves.toEqual([]);
      const [ended] = await store.load({ withDeleted: true, from: at(1) });
      expect(ended).toMatchObject({
        deletedAt: at(4),
        external: { shifts: [{ start: at(1), end: at(4) }] },
      });

      // What came back was nobody's meanwhile.
      await read(at(6), [schedule([shift([ana], at(1), at(8))])]);
      await expect(shifts()).resolves.toEqual([
        `ana ${at(1)} ${at(4)}`,
        `ana ${at(6)} ${at(8)}`,
      ]);
    });

    it('keeps the last good data when a source cannot be read, and says why', async () => {
      await read(at(2), [schedule([shift([ana], at(1), at(8))])], {
        state: { seen: 1 },
      });
      await expect(
        store.beginReading(SOURCE, 'failing'),
      ).resolves.toMatchObject({ state: { seen: 1 } });
      const problem = {
        code: 'unauthorized' as const,
        message: 'The token is refused.',
        since: at(3),
      };
      await store.fail(SOURCE, 'failing', problem);
      await expect(store.sources()).resolves.toEqual([
        { ...SOURCE, problem, observedAt: at(2), unknownServices: [] },
      ]);
      const [found] = await store.load({ names: [NAME], from: at(3) });
      expect(found.external).toMatchObject({
        problem: { message: 'The token is refused.' },
        shifts: [{ people: [ana] }],
      });
    });

    it('lets nobody write whose reading was replaced by another', async () => {
      await store.beginReading(SOURCE, 'slow');
      await read(at(2), [schedule([shift([ana], at(1), at(8))])]);
      await expect(
        store.record(SOURCE, 'slow', {
          now: at(2),
          knownFrom: at(1),
          knownUntil: at(30),
          schedules: [],
          unknownServices: [],
        }),
      ).rejects.toThrow(SupersededReadingError);
      await expect(shifts()).resolves.toHaveLength(1);
    });

    it('finds schedules by service and by group', async () => {
      await read(at(2), [
        schedule([], { owner: 'group:default/crm', services: ['P1', 'P2'] }),
        schedule([], { name: 'pagerduty~default~P2', services: ['P2'] }),
      ]);
      await expect(
        store.namesByService([
          { ...SOURCE, id: 'P2' },
          { ...SOURCE, id: 'P9' },
        ]),
      ).resolves.toEqual([
        {
          source: { provider: 'pagerduty', instance: 'default' },
          id: 'P2',
          name: NAME,
        },
        {
          source: { provider: 'pagerduty', instance: 'default' },
          id: 'P2',
          name: 'pagerduty~default~P2',
        },
      ]);
      await expect(store.namesByOwner(['group:default/crm'])).resolves.toEqual(
        new Map([['group:default/crm', [NAME]]]),
      );
    });

    it('ends what came from a source that is no longer configured', async () => {
      await read(at(2), [schedule([shift([ana], at(1), at(8))])]);
      await store.keepSources([SOURCE], at(3));
      await expect(store.namesOf([NAME])).resolves.toEqual(new Set([NAME]));
      await store.keepSources([], at(4));
      await expect(store.namesOf([NAME])).resolves.toEqual(new Set());
      await expect(store.sources()).resolves.toEqual([]);
    });

    it('deletes what is past its retention', async () => {
      await read(at(2), [
        schedule([shift([ana], at(1), at(8)), shift([bea], at(8), at(15))]),
      ]);
      await store.deleteBefore(at(9));
      await expect(shifts()).resolves.toEqual([`bea ${at(8)} ${at(15)}`]);
      await store.keepSources([], at(10));
      await store.deleteBefore(at(11));
      await expect(
        store.load({ withDeleted: true, from: at(1) }),
      ).resolves.toEqual([]);
    });
  },
);
