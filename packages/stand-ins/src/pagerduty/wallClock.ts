const HOUR_MS = 3_600_000;

/** The instant at which the clocks of a zone show an hour of a day (midnight in UTC names the day). */
export function wallClock(
  dayMs: number,
  hour: number,
  timeZone: string,
): number {
  const wanted = dayMs + hour * HOUR_MS;
  const guess = wanted - offsetMs(wanted, timeZone);
  return wanted - offsetMs(guess, timeZone);
}

/** An instant with the offset that the clocks of a zone have then, as PagerDuty writes it. */
export function toZoned(instantMs: number, timeZone: string): string {
  const offset = offsetMs(instantMs, timeZone);
  const local = new Date(instantMs + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(
    minutes % 60,
  )}`;
}

function offsetMs(instantMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const part = (type: string) =>
    Number(parts.find(each => each.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(instantMs / 1000) * 1000;
}
