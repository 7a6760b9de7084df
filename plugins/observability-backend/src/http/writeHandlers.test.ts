import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { IdempotentRequests } from './IdempotentRequests';
import { createWriteHandlers } from './writeHandlers';

jest.setTimeout(60_000);

describe('writes with an Idempotency-Key', () => {
  const databases = createTestDatabases();

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let knex: Knex;
    let now: Date;
    let app: express.Express;
    let written: unknown[];
    /** What the next writes do before they are answered. */
    let before: () => Promise<void>;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, databaseId);
      now = new Date('2026-11-24T12:00:00.000Z');
      written = [];
      before = async () => {};
      const handlers = createWriteHandlers({
        requests: new IdempotentRequests(knex),
        httpAuth: mockServices.httpAuth(),
        logger: mockServices.logger.mock(),
        now: () => now,
      });
      app = express();
      app.post('/things/:name', ...handlers, (req, res, next) => {
        before()
          .then(() => {
            written.push(req.body);
            res.status(201).json({ number: written.length });
          })
          .catch(next);
      });
      app.delete('/things/:name', ...handlers, (req, res) => {
        written.push(req.params.name);
        res.status(204).end();
      });
      app.use(mockErrorHandler());
    });

    const write = (
      options: {
        key?: string;
        body?: object;
        path?: string;
        user?: string;
      } = {},
    ) => {
      const { key, body = { name: 'a' }, path = '/things/one' } = options;
      const sent = request(app)
        .post(path)
        .set(
          'Authorization',
          mockCredentials.user.header(options.user ?? 'user:default/ann'),
        )
        .send(body);
      return key === undefined ? sent : sent.set('Idempotency-Key', key);
    };

    it('are done once, and answered alike however often they are sent', async () => {
      const first = await write({ key: 'k' });
      expect(first.status).toBe(201);
      expect(first.headers).not.toHaveProperty('idempotent-replayed');
      for (let times = 0; times < 2; times++) {
        const again = await write({ key: 'k' });
        expect(again.status).toBe(201);
        expect(again.body).toEqual({ number: 1 });
        expect(again.headers['content-type']).toBe(
          first.headers['content-type'],
        );
        expect(again.headers['idempotent-replayed']).toBe('true');
      }
      expect(written).toEqual([{ name: 'a' }]);

      for (let times = 0; times < 2; times++) {
        const gone = await request(app)
          .delete('/things/one')
          .set('Authorization', mockCredentials.user.header())
          .set('Idempotency-Key', 'k');
        expect(gone.status).toBe(204);
      }
      expect(written).toEqual([{ name: 'a' }, 'one']);
    });

    it('are others without a key, with another key, path or caller', async () => {
      await write({ key: 'k' });
      for (const other of [
        {},
        {},
        { key: 'l' },
        { key: 'k', path: '/things/two' },
        { key: 'k', user: 'user:default/bob' },
      ]) {
        const { body } = await write(other);
        expect(body).toEqual({ number: written.length });
      }
      expect(written).toHaveLength(6);
    });

    it('are refused when the key belongs to something else, or is none', async () => {
      await write({ key: 'k' });
      const { status, body } = await write({ key: 'k', body: { name: 'b' } });
      expect(status).toBe(422);
      expect(body.error.message).toContain('something else');
      expect((await write({ key: 'x'.repeat(256) })).status).toBe(400);
      expect(
        (
          await request(app)
            .post('/things/one')
            .set('Authorization', mockCredentials.user.invalidHeader())
            .set('Idempotency-Key', 'k')
        ).status,
      ).toBe(401);
      expect(written).toHaveLength(1);
    });

    it('are told to wait while the first is under way; one that was cut off is done again', async () => {
      let finish = () => {};
      const begun = new Promise<void>(resolve => {
        before = () =>
          new Promise<void>(done => {
            finish = done;
            resolve();
          });
      });
      // Sent when it is awaited.
      const first = write({ key: 'k' }).then(answer => answer);
      await begun;
      before = async () => {};
      expect((await write({ key: 'k' })).status).toBe(409);
      now = new Date(now.getTime() + 61_000);
      expect((await write({ key: 'k' })).body).toEqual({ number: 1 });
      // The first was not cut off after all: what is kept is not its answer.
      finish();
      expect((await first).body).toEqual({ number: 2 });
      expect((await write({ key: 'k' })).body).toEqual({ number: 1 });
    });

    it('may be tried again after a failure of ours, and not after a mistake of theirs', async () => {
      before = async () => {
        throw new Error('no database');
      };
      expect((await write({ key: 'k' })).status).toBe(500);
      before = async () => {
        throw new InputError('no such thing');
      };
      expect((await write({ key: 'k' })).status).toBe(400);
      before = async () => {};
      const again = await write({ key: 'k' });
      expect(again.status).toBe(400);
      expect(again.body.error.message).toBe('no such thing');
      expect(written).toEqual([]);
    });

    it('are carried out by one of many that come at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => write({ key: 'k' })),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses).toContain(201);
      expect(statuses.filter(status => ![201, 409].includes(status))).toEqual(
        [],
      );
      expect(written).toHaveLength(1);
    });

    it('are remembered for a day', async () => {
      const requests = new IdempotentRequests(knex);
      await write({ key: 'k' });
      now = new Date(now.getTime() + 24 * 3_600_000 - 1);
      await expect(requests.deleteExpired(now)).resolves.toBe(0);
      expect((await write({ key: 'k' })).body).toEqual({ number: 1 });
      now = new Date(now.getTime() + 1);
      expect((await write({ key: 'k' })).body).toEqual({ number: 2 });
      now = new Date(now.getTime() + 24 * 3_600_000);
      await expect(requests.deleteExpired(now)).resolves.toBe(1);
    });
  });
});
