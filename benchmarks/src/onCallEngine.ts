/*
 * How long it takes to work out who is on call, beside expanding the same
 * rotation as a recurrence rule of iCalendar.
 *
 *   yarn workspace @watchkeeper/benchmarks on-call-engine
 */
import {
  expandSchedule,
  onCallAt,
  onCallNow,
  Override,
  Schedule,
} from '@watchkeeper/backstage-plugin-observability-common';
import { rrulestr } from 'rrule';

const SCHEDULES = Number(process.env.SCHEDULES ?? 1000);
const AT = '2026-11-25T10:00:00Z';
const YEAR = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
const PEOPLE = ['ana', 'ben', 'cleo', 'dan', 'eve'].map(
  name => `user:default/${name}`,
);
const ZONES = [
  'Europe/Paris',
  'America/Chicago',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
];
const UNITS = ['week', 'day', 'hour', 'month'] as const;
const RUNS = 200;
/** The first runs are those of an engine that has not compiled the code yet. */
const WARM_UP_RUNS = 50;

/** Ten years old: a primary that goes around, and a backup that follows it a turn later. */
function scheduleOf(index: number): Schedule {
  const rotation = {
    unit: UNITS[Math.floor(index / ZONES.length) % UNITS.length],
    length: 1,
    start: '2016-01-04T09:00',
  };
  return {
    name: `schedule-${index}`,
    timeZone: ZONES[index % ZONES.length],
    levels: [
      { name: 'primary', layers: [{ members: PEOPLE, rotation }] },
      {
        name: 'backup',
        layers: [
          { members: [...PEOPLE.slice(1), ...PEOPLE.slice(0, 1)], rotation },
        ],
      },
    ],
  };
}

/** Half a day each, spread over the year; each replaces whoever it can. */
function overridesOf(count: number): Override[] {
  return Array.from({ length: count }, (_, index) => {
    const start =
      Date.parse(YEAR.from) + Math.floor((index * 364 * 86_400_000) / count);
    return {
      id: `override-${index}`,
      start: new Date(start).toISOString(),
      end: new Date(start + 43_200_000).toISOString(),
      remove: PEOPLE[index % PEOPLE.length],
      add: PEOPLE[(index + 2) % PEOPLE.length],
      createdBy: PEOPLE[0],
      createdAt: new Date(start - 604_800_000).toISOString(),
    };
  });
}

/** One rule a person, as calendars have rotations: each comes around after all others did. */
function rulesOf() {
  return PEOPLE.map((_, index) => {
    const first = new Date(Date.UTC(2016, 0, 4 + 7 * index, 9))
      .toISOString()
      .slice(0, 19)
      .replace(/[-:]/g, '');
    return rrulestr(
      `DTSTART;TZID=Europe/Paris:${first}\nRRULE:FREQ=WEEKLY;INTERVAL=${PEOPLE.length}`,
    );
  });
}

function measure(name: string, run: () => number): void {
  const first = timeMs(run);
  for (let index = 0; index < WARM_UP_RUNS; index++) {
    run();
  }
  const times = Array.from({ length: RUNS }, () => timeMs(run)).sort(
    (a, b) => a - b,
  );
  const at = (fraction: number) => times[Math.floor(RUNS * fraction)];
  process.stdout.write(
    `${name.padEnd(66)} first ${format(first)}  p50 ${format(
      at(0.5),
    )}  p99 ${format(at(0.99))}  (${run()})\n`,
  );
}

function timeMs(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function format(milliseconds: number): string {
  return `${milliseconds.toFixed(2).padStart(8)} ms`;
}

function main(): void {
  const schedules = Array.from({ length: SCHEDULES }, (_, index) =>
    scheduleOf(index),
  );
  const weekly = scheduleOf(0);
  const overrides = overridesOf(100);
  const rules = rulesOf();
  const from = new Date(YEAR.from);
  const to = new Date(YEAR.to);

  measure(`who is on call in ${SCHEDULES} schedules of two levels`, () => {
    let found = 0;
    for (const schedule of schedules) {
      found += onCallAt({ schedule, at: AT }).length;
    }
    return found;
  });
  measure('the same, with since, until and next', () => {
    let found = 0;
    for (const schedule of schedules) {
      found += onCallNow({ schedule, at: AT }).length;
    }
    return found;
  });
  measure(
    'a year of a schedule of two levels, with 100 overrides',
    () =>
      expandSchedule({ schedule: weekly, overrides, ...YEAR }).shifts.length,
  );

  const primary = { ...weekly, levels: weekly.levels.slice(0, 1) };
  measure(
    'a year of one weekly rotation of five people',
    () => expandSchedule({ schedule: primary, ...YEAR }).shifts.length,
  );
  measure('the starts of the same by rrule, one rule a person', () =>
    rules.reduce((sum, rule) => sum + rule.between(from, to, true).length, 0),
  );
  measure(
    'the start of the shift at one instant by rrule',
    () => rules.filter(rule => rule.before(new Date(AT), true)).length,
  );
}

main();
