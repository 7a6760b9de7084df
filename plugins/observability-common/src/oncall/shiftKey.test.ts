import { expandSchedule } from './expandSchedule';
import { parseShiftKey } from './shiftKey';
import {
  ANA,
  layerOf,
  overrideOf,
  scheduleOf,
} from './__testUtils__/schedules';

describe('parseShiftKey', () => {
  it('reads what the engine writes', () => {
    const { shifts } = expandSchedule({
      schedule: scheduleOf(
        layerOf([ANA], {}, { windows: [{ from: '10:00', to: '12:00' }] }),
        'UTC',
      ),
      overrides: [
        overrideOf('2026-01-06T01:00:00Z', '2026-01-06T02:00:00Z', {
          add: ANA,
        }),
      ],
      from: '2026-01-05T09:00:00Z',
      to: '2026-01-06T11:00:00Z',
    });
    const keys = shifts.map(({ key, start }) => {
      const read = parseShiftKey(key);
      const from = read?.nominalStart ?? '2026-01-06T01:00:00.000Z';
      const offsetMs = (read?.offsetSeconds ?? NaN) * 1000;
      expect(read).toMatchObject({ level: 'primary' });
      return Date.parse(from) + offsetMs - Date.parse(start);
    });
    expect(keys).toEqual([0, 0, 0]);
    const [window, override, next] = shifts.map(({ key }) =>
      parseShiftKey(key),
    );
    expect(next?.turn).toBe(window?.turn);
    expect(override).toMatchObject({ override: expect.any(String) });
  });

  it('reads nothing into other text', () => {
    for (const key of ['', 'crm', 'crm:primary:@0:monday:0', 'a:b:c:d:e']) {
      expect(parseShiftKey(key)).toBeUndefined();
    }
  });
});
