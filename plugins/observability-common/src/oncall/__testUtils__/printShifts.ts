/*
 * Prints what the engine says of some schedules, for a test that runs it in
 * processes of several time zones.
 */
import { expandSchedule } from '../expandSchedule';
import { onCallNow } from '../onCallNow';
import { summarizeFairness } from '../summarizeFairness';
import { ANA, BEN, CLEO, layerOf } from './schedules';

const ZONES = [
  'Europe/Paris',
  'America/New_York',
  'Asia/Kolkata',
  'America/Havana',
  'Australia/Lord_Howe',
];

for (const timeZone of ZONES) {
  const schedule = {
    name: 'crm',
    timeZone,
    levels: [
      {
        name: 'primary',
        layers: [
          layerOf(
            [ANA, BEN],
            { unit: 'day', start: '2026-01-05T02:30' },
            { windows: [{ from: '22:15', to: '02:30' }] },
          ),
          layerOf([CLEO, ANA], { unit: 'hour', length: 7 }),
        ],
      },
      {
        name: 'backup',
        layers: [
          layerOf([BEN, CLEO], { unit: 'month', start: '2026-01-31T00:00' }),
        ],
      },
    ],
  };
  const span = { from: '2026-03-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
  const answer = expandSchedule({ schedule, ...span });
  process.stdout.write(
    `${JSON.stringify({
      answer,
      now: onCallNow({ schedule, at: '2026-10-25T01:10:00Z' }),
      fairness: summarizeFairness(answer.shifts, timeZone, span.from, span.to),
    })}\n`,
  );
}
process.stdout.write(`${new Date(2026, 6, 1).getTimezoneOffset()}\n`);
