import { Layer, Override, Schedule, Swap } from '../../model';

export const ANA = 'user:default/ana';
export const BEN = 'user:default/ben';
export const CLEO = 'user:default/cleo';
export const DAN = 'user:default/dan';

/** A layer that hands over every week, unless told otherwise. */
export function layerOf(
  members: Layer['members'],
  rotation: Partial<Layer['rotation']> = {},
  more: Partial<Layer> = {},
): Layer {
  return {
    members,
    rotation: {
      unit: 'week',
      length: 1,
      start: '2026-01-05T09:00',
      ...rotation,
    },
    ...more,
  };
}

/** A schedule of one level, in Paris unless told otherwise. */
export function scheduleOf(
  layers: Layer | Layer[],
  timeZone = 'Europe/Paris',
): Schedule {
  return {
    name: 'crm',
    timeZone,
    levels: [{ name: 'primary', layers: [layers].flat() }],
  };
}

let made = 0;

/** Each one is made after the one before. */
export function overrideOf(
  start: string,
  end: string,
  change: Partial<Override>,
): Override {
  made++;
  return {
    id: `override-${made}`,
    start,
    end,
    createdBy: DAN,
    createdAt: new Date(Date.UTC(2025, 0, 1, 0, 0, made)).toISOString(),
    ...change,
  };
}

/** Taken, unless told otherwise. Each one is made after the one before. */
export function swapOf(
  start: string,
  end: string,
  from: string,
  to: string,
  more: Partial<Swap> = {},
): Swap {
  made++;
  return {
    id: `swap-${made}`,
    schedule: 'crm',
    level: 'primary',
    start,
    end,
    from,
    to,
    state: 'taken',
    createdAt: new Date(Date.UTC(2025, 0, 1, 0, 0, made)).toISOString(),
    ...more,
  };
}

/** Shifts as short lines: from, to, who. */
export function lines(
  shifts: readonly { start: string; end: string; people: readonly string[] }[],
): string[] {
  return shifts.map(
    ({ start, end, people }) =>
      `${short(start)} ${short(end)} ${people
        .map(person => person.replace('user:default/', ''))
        .join('+')}`,
  );
}

function short(instant: string): string {
  return instant.replace(/(:00)?\.000Z$/, 'Z');
}
