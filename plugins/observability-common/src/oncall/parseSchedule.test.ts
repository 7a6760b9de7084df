import { parseSchedule } from './parseSchedule';
import { ANA, BEN, layerOf, scheduleOf } from './__testUtils__/schedules';

const good = scheduleOf(layerOf([ANA, BEN]));

function withRotation(rotation: object) {
  return {
    ...good,
    levels: [
      {
        name: 'primary',
        layers: [
          {
            members: [ANA],
            rotation: { ...good.levels[0].layers[0].rotation, ...rotation },
          },
        ],
      },
    ],
  };
}

function withLayer(layer: object) {
  return {
    ...good,
    levels: [
      { name: 'primary', layers: [{ ...good.levels[0].layers[0], ...layer }] },
    ],
  };
}

describe('parseSchedule', () => {
  it('reads a definition with all that there is', () => {
    const definition = {
      ...withLayer({
        name: 'Night shift',
        members: ['user:default/Ana', [BEN, ANA], null],
        windows: [
          { days: ['fri'], from: '22:00', to: '06:00' },
          { from: '00:00', to: '00:00' },
        ],
        from: '2026-01-01T00:00:00Z',
        until: '2026-07-01T00:00:00+02:00',
      }),
      title: 'CRM',
      owner: 'group:default/CRM',
    };
    const { schedule, problems } = parseSchedule(definition);
    expect(problems).toEqual([]);
    expect(schedule?.owner).toBe('group:default/crm');
    expect(schedule?.levels[0].layers[0].members).toEqual([
      ANA,
      [BEN, ANA],
      null,
    ]);
  });

  it.each<[object, string]>([
    [
      { ...good, timeZone: 'Europe/Atlantis' },
      'timeZone: must be a time zone of the IANA database',
    ],
    [
      { ...good, timeZone: '+01:00' },
      'timeZone: must be a time zone of the IANA database',
    ],
    [{ ...good, name: 'no spaces' }, 'name: must be letters and digits'],
    [{ ...good, owner: 'user:default/ana' }, 'owner: must name a group'],
    [{ ...good, levels: [] }, 'levels: must hold a level'],
    [
      { ...good, levels: [{ name: 'primary', layers: [] }] },
      'levels[0].layers: must hold a layer',
    ],
    [
      { ...good, levels: [good.levels[0], good.levels[0]] },
      'levels[1].name: must be unique, "primary" is there already',
    ],
    [
      {
        ...good,
        levels: [
          {
            name: 'primary',
            layers: [
              layerOf([ANA], {}, { name: 'a' }),
              layerOf([BEN], {}, { name: 'a' }),
            ],
          },
        ],
      },
      'levels[0].layers[1].name: must be unique',
    ],
    [
      withLayer({ window: [{ from: '09:00', to: '17:00' }] }),
      'levels[0].layers[0]: Unrecognized key: "window"',
    ],
    [
      withRotation({ length: 0 }),
      'levels[0].layers[0].rotation.length: must be at least 1',
    ],
    [
      withRotation({ length: 1.5 }),
      'levels[0].layers[0].rotation.length: must be a whole number',
    ],
    [
      withRotation({ unit: 'month', length: 25 }),
      'levels[0].layers[0].rotation.length: must be at most 24 for the unit "month"',
    ],
    [
      withRotation({ start: '2026-02-30T09:00' }),
      'levels[0].layers[0].rotation.start: must be a date and time',
    ],
    [
      withRotation({ start: '2026-02-28T24:00' }),
      'levels[0].layers[0].rotation.start: must be a date and time',
    ],
    [
      withRotation({ start: '1969-12-31T09:00' }),
      'levels[0].layers[0].rotation.start: must be a date and time',
    ],
    [
      withRotation({ start: '2026-02-28' }),
      'levels[0].layers[0].rotation.start: must be a date and time',
    ],
    [
      withLayer({ windows: [{ from: '9:00', to: '17:00' }] }),
      'levels[0].layers[0].windows[0].from: must be a time of day',
    ],
    [
      withLayer({ windows: [{ from: '09:00', to: '24:00' }] }),
      'levels[0].layers[0].windows[0].to: must be a time of day',
    ],
    [
      withLayer({ windows: [{ days: [], from: '09:00', to: '17:00' }] }),
      'levels[0].layers[0].windows[0].days: must name a day',
    ],
    [
      withLayer({ windows: [] }),
      'levels[0].layers[0].windows: must hold a window',
    ],
    [withLayer({ members: ['ana'] }), 'levels[0].layers[0].members[0]: must'],
    [withLayer({ members: [[]] }), 'levels[0].layers[0].members[0]: must'],
    [
      withLayer({
        from: '2026-02-01T00:00:00Z',
        until: '2026-01-01T00:00:00Z',
      }),
      'levels[0].layers[0].until: must be later than "from"',
    ],
  ])(
    'refuses what it cannot use, and names the place (%#)',
    (input, message) => {
      const { schedule, problems } = parseSchedule(input);
      expect(schedule).toBeUndefined();
      expect(problems).toEqual([expect.stringContaining(message)]);
    },
  );

  it('refuses what is no schedule at all', () => {
    expect(parseSchedule('tomorrow').problems).toHaveLength(1);
    expect(parseSchedule({}).problems.length).toBeGreaterThan(2);
  });
});
