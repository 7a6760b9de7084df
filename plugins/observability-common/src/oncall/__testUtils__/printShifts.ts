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

/** What the engine says of schedules in several zones, a line each. */
export function shiftsAsText(): string[] {
  return ZONES.map(timeZone => {
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
    return JSON.stringify({
      answer,
      now: onCallNow({ schedule, at: '2026-10-25T01:10:00Z' }),
      fairness: summarizeFairness(answer.shifts, timeZone, span.from, span.to),
    });
  });
}

// So that a test can have it from a process of another time zone.
if (process.argv[2] === '--print') {
  const minutesBehindUtc = new Date(2026, 6, 1).getTimezoneOffset();
  process.stdout.write([...shiftsAsText(), minutesBehindUtc].join('\n'));
}
