import { Layer } from '../model';
import { onCallAt, onCallNow } from './onCallNow';
import {
  ANA,
  BEN,
  CLEO,
  layerOf,
  overrideOf,
  scheduleOf,
} from './__testUtils__/schedules';

const nowIn = (layers: Layer | Layer[], at: string) =>
  onCallNow({ schedule: scheduleOf(layers, 'UTC'), at })[0];

describe('onCallNow', () => {
  it('gives the instant of a handoff to whoever comes', () => {
    const week = layerOf([ANA, BEN, CLEO]);
    expect(nowIn(week, '2026-01-12T08:59:59.999Z').people).toEqual([ANA]);
    expect(nowIn(week, '2026-01-12T09:00:00Z')).toEqual({
      level: 'primary',
      people: [BEN],
      source: { type: 'rotation', layer: '1' },
      shift: {
        key: 'crm:primary:@0:20260112T0900:0',
        start: '2026-01-12T09:00:00.000Z',
        end: '2026-01-19T09:00:00.000Z',
        level: 'primary',
        people: [BEN],
        source: { type: 'rotation', layer: '1' },
      },
      since: '2026-01-12T09:00:00.000Z',
      until: '2026-01-19T09:00:00.000Z',
      next: { people: [CLEO], at: '2026-01-19T09:00:00.000Z' },
    });
  });

  it('counts turns of the same people in a row as one', () => {
    expect(
      nowIn(layerOf([ANA, ANA, BEN], { unit: 'day' }), '2026-01-06T12:00:00Z'),
    ).toMatchObject({
      people: [ANA],
      since: '2026-01-05T09:00:00.000Z',
      until: '2026-01-07T09:00:00.000Z',
      next: { people: [BEN], at: '2026-01-07T09:00:00.000Z' },
    });
  });

  it.each([
    ['', [layerOf([ANA])]],
    [' beside an empty layer', [layerOf([ANA]), layerOf([])]],
  ])('has somebody who is alone for the shift, and next%s', (_, layers) => {
    expect(nowIn(layers, '2026-06-03T00:00:00Z')).toMatchObject({
      people: [ANA],
      since: '2026-06-01T09:00:00.000Z',
      until: '2026-06-08T09:00:00.000Z',
      next: { people: [ANA], at: '2026-06-08T09:00:00.000Z' },
    });
  });

  it('says how long a gap lasts and who ends it', () => {
    const office = layerOf(
      [ANA],
      {},
      {
        windows: [
          {
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            from: '09:00',
            to: '17:00',
          },
        ],
      },
    );
    expect(nowIn(office, '2026-01-10T12:00:00Z')).toEqual({
      level: 'primary',
      people: [],
      since: '2026-01-09T17:00:00.000Z',
      until: '2026-01-12T09:00:00.000Z',
      next: { people: [ANA], at: '2026-01-12T09:00:00.000Z' },
    });
  });

  it('names the layer below as next, rather than the turn of next week', () => {
    const layers = [
      layerOf(
        [ANA],
        {},
        { windows: [{ days: ['mon', 'tue'], from: '00:00', to: '00:00' }] },
      ),
      layerOf([BEN], { unit: 'day' }),
    ];
    expect(nowIn(layers, '2026-02-16T00:00:00Z')).toMatchObject({
      people: [ANA],
      next: { people: [BEN], at: '2026-02-18T00:00:00.000Z' },
    });
  });

  it('knows no end of a gap that nothing ends', () => {
    const ended = layerOf([ANA], {}, { until: '2026-01-06T00:00:00Z' });
    expect(nowIn(ended, '2026-02-01T00:00:00Z')).toEqual({
      level: 'primary',
      people: [],
      since: '2026-01-06T00:00:00.000Z',
    });
    expect(nowIn(ended, '2029-02-01T00:00:00Z')).toEqual({
      level: 'primary',
      people: [],
    });
  });

  it('sees overrides and versions to come', () => {
    const definition = scheduleOf(layerOf([ANA, BEN]), 'UTC');
    const [watch] = onCallNow({
      versions: [
        { definition, effectiveFrom: '2026-01-01T00:00:00Z' },
        {
          definition: scheduleOf(layerOf([CLEO, BEN]), 'UTC'),
          effectiveFrom: '2026-01-10T00:00:00Z',
        },
      ],
      overrides: [
        overrideOf('2026-01-06T00:00:00Z', '2026-01-07T00:00:00Z', {
          remove: ANA,
          add: BEN,
        }),
      ],
      at: '2026-01-08T00:00:00Z',
    });
    expect(watch).toMatchObject({
      people: [ANA],
      since: '2026-01-07T00:00:00.000Z',
      until: '2026-01-10T00:00:00.000Z',
      next: { people: [CLEO], at: '2026-01-10T00:00:00.000Z' },
    });
  });

  it('answers nothing for a schedule before its first version', () => {
    expect(
      onCallAt({
        versions: [
          {
            definition: scheduleOf(layerOf([ANA])),
            effectiveFrom: '2026-06-01T00:00:00Z',
          },
        ],
        at: '2026-05-01T00:00:00Z',
      }),
    ).toEqual([]);
  });
});
