import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Layer, LayerWindow, Rotation, weekdaySchema } from '../model';
import { expandSchedule } from './expandSchedule';
import { onCallAt, onCallNow } from './onCallNow';
import { RotationGrid } from './RotationGrid';
import { TimeZone } from './TimeZone';
import { parseWallClock } from './wallClock';
import { layerOf, overrideOf, scheduleOf } from './__testUtils__/schedules';

/*
 * The answers of other products' test suites, collected outside this repository
 * and read where they are at hand. What differs on purpose is listed.
 */

const folder = path.resolve(
  __dirname,
  '../../../../../shared/reference/fixtures/oncall',
);

const UNITS = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
} as const;

interface CaseRotation {
  type: keyof typeof UNITS;
  shift_length?: number;
  start_local?: string;
  start?: string;
  users?: string[];
}

interface Check {
  at: string;
  active?: boolean;
  who?: string[];
  next_handoff?: string;
  current_or_next_start?: string;
  current_or_next_end?: string;
}

type CaseLayer = CaseRotation & {
  weekly_window?: { from: string; to: string };
};

interface Case {
  id: string;
  at: string;
  next_handoff?: { utc: string };
  current_shift_start?: { utc: string };
  policies: { rfc5545_temporal_compatible: { utc: string } };
  checks?: Check[];
  final?: { who: string[]; start: string; end: string }[];
  definition: CaseRotation & {
    time_zone: string;
    start_local: string;
    local: string;
    end: string;
    start: string;
    weekdays: string[];
    rotation?: CaseRotation;
    weekly_window?: { from: string; to: string };
    daily_window?: { start: string; end: string };
    layers_high_to_low?: CaseLayer[];
    shift?: { user: string; start: string; end: string };
    override?: CaseOverride;
    overrides?: CaseOverride[];
  };
  expect?: {
    now?: string;
    current?: string;
    next?: string;
    next_start?: string;
  };
}

interface CaseOverride {
  replace: string;
  with: string;
  start: string;
  end: string;
}

function read(file: string): Case[] {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8')).cases;
}

function iso(instant: string | number): string {
  return new Date(instant).toISOString();
}

function rotationOf({
  type,
  shift_length,
  start_local,
}: CaseRotation): Rotation {
  return {
    unit: UNITS[type],
    length: shift_length ?? 1,
    start: start_local ?? '2026-01-05T00:00',
  };
}

function user(name: string): string {
  return `user:default/${name.toLowerCase()}`;
}

/** `FR 22:00` to `MO 06:00`, as windows of single days. */
function windowsOfWeek(from: string, to: string): LayerWindow[] {
  const dayOf = (text: string) =>
    weekdaySchema.options.findIndex(day =>
      day.startsWith(text.slice(0, 2).toLowerCase()),
    );
  const windows: LayerWindow[] = [];
  for (let day = dayOf(from); ; day = (day + 1) % 7) {
    const isLast = day === dayOf(to);
    const window = {
      days: [weekdaySchema.options[day]],
      from: windows.length === 0 ? from.slice(3) : '00:00',
      to: isLast ? to.slice(3) : '00:00',
    };
    if (!isLast || window.from !== window.to) {
      windows.push(window);
    }
    if (isLast) {
      return windows;
    }
  }
}

function layerOfCase(rotation: CaseLayer, windows?: LayerWindow[]): Layer {
  const week = rotation.weekly_window;
  return layerOf((rotation.users ?? []).map(user), rotationOf(rotation), {
    windows: week ? windowsOfWeek(week.from, week.to) : windows,
  });
}

describe('cases of others', () => {
  it('can say a stretch of the week that reaches over its end', () => {
    const schedule = scheduleOf(
      layerOf(
        ['user:default/ana'],
        {},
        { windows: windowsOfWeek('FR 22:00', 'MO 06:00') },
      ),
      'UTC',
    );
    const who = (at: string) => onCallAt({ schedule, at })[0].people.length;
    expect(
      [
        '2026-02-20T21:59:59Z',
        '2026-02-20T22:00:00Z',
        '2026-02-22T12:00:00Z',
        '2026-02-23T05:59:59Z',
        '2026-02-23T06:00:00Z',
      ].map(who),
    ).toEqual([0, 1, 1, 1, 0]);
  });

  if (existsSync(folder)) {
    it('agree on the next handoff', () => {
      // Hours of the wall across a change of the clocks: ours are elapsed time.
      const onTheWall = [
        'next-hourly-14',
        'next-hourly-15',
        'dst-hourly-nov5-2017',
      ];
      const wrong: unknown[] = [];
      let count = 0;
      for (const {
        id,
        definition,
        at,
        next_handoff,
        current_shift_start,
      } of read('rotation-next-handoff.json')) {
        const zone = TimeZone.of(definition.time_zone);
        const start = zone.toInstant(
          parseWallClock(definition.start_local) ?? NaN,
        );
        const instant = Date.parse(at);
        const [turn] = RotationGrid.create(
          rotationOf(definition),
          zone,
        ).turnsBetween(instant, instant + 1);
        if (instant < start) {
          // Ours covers nothing before it begins.
          if (turn) wrong.push(id);
          continue;
        }
        const expected = next_handoff ?? current_shift_start;
        const ours = iso(next_handoff ? turn.end : turn.start);
        if (!onTheWall.includes(id) && ours !== iso(expected?.utc ?? '')) {
          wrong.push([id, ours, expected]);
        }
        count++;
      }
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(20);
    });

    it('agree on windows', () => {
      const wrong: unknown[] = [];
      for (const { id, definition, checks = [] } of read(
        'window-restrictions.json',
      )) {
        const days = definition.weekdays.map(
          name =>
            weekdaySchema.options.find(day =>
              day.startsWith(name.toLowerCase()),
            ) ?? 'mon',
        );
        const schedule = scheduleOf(
          layerOf(
            ['user:default/ana'],
            { unit: 'month', length: 24, start: '2017-01-01T00:00' },
            { windows: [{ days, from: definition.start, to: definition.end }] },
          ),
          definition.time_zone,
        );
        for (const check of checks) {
          const [shift] = expandSchedule({
            schedule,
            from: check.at,
            to: iso(Date.parse(check.at) + 15 * 86_400_000),
          }).shifts;
          const [{ people }] = onCallAt({ schedule, at: check.at });
          const agrees = [
            check.active === undefined || check.active === people.length > 0,
            check.current_or_next_start === undefined ||
              iso(check.current_or_next_start) === shift.start,
            check.current_or_next_end === undefined ||
              iso(check.current_or_next_end) === shift.end,
          ];
          if (agrees.includes(false)) wrong.push([id, check, shift]);
        }
      }
      expect(wrong).toEqual([]);
    });

    it('agree on overrides, layers and long rotations', () => {
      const wrong: unknown[] = [];
      const handled: string[] = [];
      for (const {
        id,
        definition,
        checks = [],
        final,
        expect: expected,
      } of read('overrides-layers-windows.json')) {
        const {
          shift,
          rotation,
          layers_high_to_low: layers,
          daily_window: daily,
        } = definition;
        const zone = definition.time_zone ?? 'UTC';
        const overrides = [
          definition.override ?? [],
          definition.overrides ?? [],
        ]
          .flat()
          .map(({ start, end, ...change }) =>
            overrideOf(start, end, {
              remove: user(change.replace),
              add: user(change.with),
            }),
          );
        let all: Layer[] | undefined;
        if (shift) {
          all = [
            layerOf(
              [user(shift.user)],
              { unit: 'month', length: 24, start: '2025-12-01T00:00' },
              { from: shift.start, until: shift.end },
            ),
          ];
        } else if (layers) {
          all = layers.map(layer => layerOfCase(layer));
        } else if (rotation?.users && (checks.length > 0 || final)) {
          const windows = daily && [{ from: daily.start, to: daily.end }];
          all = [
            layerOfCase(
              { weekly_window: definition.weekly_window, ...rotation },
              windows,
            ),
          ];
        }
        if (!all) {
          continue;
        }
        handled.push(id);
        // A window of last week's end is asked for before the rotation begins.
        const schedule = scheduleOf(
          all.map(layer => ({
            ...layer,
            rotation:
              definition.weekly_window && layer.members.length === 1
                ? { ...layer.rotation, start: '2025-01-06T00:00' }
                : layer.rotation,
          })),
          zone,
        );
        for (const check of checks) {
          const [watch] = onCallNow({ schedule, overrides, at: check.at });
          const who = (check.who ?? []).map(user);
          if (check.who && watch.people.join() !== who.join()) {
            wrong.push([id, check, watch]);
          }
          if (check.next_handoff && watch.until !== iso(check.next_handoff)) {
            wrong.push([id, check, watch]);
          }
        }
        if (final) {
          const { shifts } = expandSchedule({
            schedule,
            overrides,
            from: '2026-01-01T00:00:00Z',
            to: '2026-01-02T00:00:00Z',
          });
          const ours = shifts.map(({ people, start, end }) => [
            ...people,
            start,
            end,
          ]);
          const theirs = final.map(({ who, start, end }) => [
            ...who.map(user),
            iso(start),
            iso(end),
          ]);
          if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
            wrong.push([id, ours, theirs]);
          }
        }
        if (expected?.now && expected.next_start) {
          const [watch] = onCallNow({ schedule, overrides, at: expected.now });
          if (
            watch.people.join() !== user(expected.current ?? '') ||
            watch.next?.people.join() !== user(expected.next ?? '') ||
            watch.next?.at !== iso(expected.next_start)
          ) {
            wrong.push([id, watch]);
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(handled.length).toBeGreaterThan(13);
    });

    it('agree on clocks, where they follow RFC 5545', () => {
      for (const { definition, policies } of read(
        'dst-policy-conflicts.json',
      )) {
        const wall = parseWallClock(definition.local) ?? NaN;
        expect(iso(TimeZone.of(definition.time_zone).toInstant(wall))).toBe(
          iso(policies.rfc5545_temporal_compatible.utc),
        );
      }
    });
  }
});
