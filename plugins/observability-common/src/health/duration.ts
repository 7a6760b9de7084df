const UNIT_SECONDS: Record<string, number> = {
  weeks: 7 * 24 * 3600,
  days: 24 * 3600,
  hours: 3600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
};

const SHORT_UNITS: Record<string, string> = {
  w: 'weeks',
  d: 'days',
  h: 'hours',
  m: 'minutes',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
};

const ISO_DURATION =
  /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;
const SHORT_DURATION = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/;

/**
 * The seconds of a duration as people write it: `{ minutes: 10 }`, `PT10M` or
 * `10m`; `undefined` when it cannot be read. Months and years are not read,
 * because they have no fixed length.
 */
export function parseDurationSeconds(input: unknown): number | undefined {
  const seconds =
    typeof input === 'string'
      ? fromText(input.trim())
      : fromObject(input as object);
  return seconds !== undefined && Number.isFinite(seconds)
    ? seconds
    : undefined;
}

function fromText(text: string): number | undefined {
  const iso = ISO_DURATION.exec(text);
  if (iso && /\d/.test(text)) {
    const [weeks, days, hours, minutes, seconds] = iso
      .slice(1)
      .map(part => Number(part ?? 0));
    return (
      weeks * UNIT_SECONDS.weeks +
      days * UNIT_SECONDS.days +
      hours * UNIT_SECONDS.hours +
      minutes * UNIT_SECONDS.minutes +
      seconds
    );
  }
  const short = SHORT_DURATION.exec(text);
  if (!short || !Object.hasOwn(SHORT_UNITS, short[2])) {
    return undefined;
  }
  return Number(short[1]) * UNIT_SECONDS[SHORT_UNITS[short[2]]];
}

function fromObject(input: unknown): number | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return undefined;
  }
  const entries = Object.entries(input);
  let total = 0;
  for (const [unit, amount] of entries) {
    if (
      !Object.hasOwn(UNIT_SECONDS, unit) ||
      typeof amount !== 'number' ||
      !(amount >= 0)
    ) {
      return undefined;
    }
    total += amount * UNIT_SECONDS[unit];
  }
  return entries.length > 0 ? total : undefined;
}
