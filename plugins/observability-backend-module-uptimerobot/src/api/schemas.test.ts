import { fromMonitorV2, fromMonitorV3, toIncidents } from '../map/monitors';
import {
  incidentsV3Schema,
  monitorsV2Schema,
  monitorsV3Schema,
} from './schemas';

const now = new Date('2026-11-24T13:40:00Z');

describe('instants that are none', () => {
  it.each([1e20, -1e20, 'yesterday', '+999999-01-01', null, {}, [1e20]])(
    'such as %j hide no monitor and no incident of the newer API',
    odd => {
      const [monitor] = monitorsV3Schema
        .parse({
          data: [
            {
              id: 1,
              status: 'DOWN',
              currentStateDuration: odd,
              createDateTime: odd,
              sslExpiryDateTime: odd,
              lastIncident: { reason: 'HTTP 500', startedAt: odd },
            },
          ],
          nextLink: null,
        })
        .items.map(item => fromMonitorV3(item, now));
      expect(monitor).toMatchObject({ id: '1', state: 'down' });
      expect(monitor).not.toHaveProperty('since');
      expect(monitor).not.toHaveProperty('certificateExpiresAt');

      const { items } = incidentsV3Schema.parse({
        data: [
          { monitor: { id: 1 }, startedAt: odd },
          { monitor: { id: 1 }, startedAt: now.toISOString(), resolvedAt: odd },
        ],
        nextLink: null,
      });
      expect(toIncidents(items)).toMatchObject([
        { startedAt: now.getTime() / 1000 },
      ]);
    },
  );

  it.each([1e20, -1, 0, 'yesterday', null])(
    'such as %j hide no monitor of the older API',
    odd => {
      const answer = monitorsV2Schema.parse({
        stat: 'ok',
        pagination: { offset: 0, limit: 50, total: 1 },
        monitors: [
          {
            id: 1,
            status: 2,
            create_datetime: odd,
            ssl: { expires: odd },
            logs: [{ type: 2, datetime: odd, duration: odd }],
            response_times: [{ datetime: odd, value: 12 }],
          },
        ],
      });
      if (!('monitors' in answer)) throw new Error('It was not read');
      expect(answer.monitors.map(fromMonitorV2)).toEqual([
        { id: '1', name: '1', type: 'unknown', state: 'up' },
      ]);
    },
  );
});
