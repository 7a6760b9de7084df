import { createHash } from 'node:crypto';

/** A date and time on the clocks of a zone: `Mon 30 Nov 2026, 09:00`. */
export function formatWhen(instant: string, timeZone: string): string {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${of('weekday')} ${of('day')} ${of('month')} ${of('year')}, ${of(
    'hour',
  )}:${of('minute')}`;
}

/** Two instants on the clocks of a zone, which is named. */
export function formatStretch(
  { start, end }: { start: string; end: string },
  timeZone: string,
): string {
  return `${formatWhen(start, timeZone)} to ${formatWhen(
    end,
    timeZone,
  )} (${timeZone})`;
}

/** `Ann`, `Ann and Bob`, `Ann, Bob and Eve`. */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${last}`
    : last;
}

/** Names an occurrence in the outbox, whatever it is made of. */
export function occurrenceOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
