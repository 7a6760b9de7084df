const clocks = new Map<string, Intl.DateTimeFormat | undefined>();

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  if (!clocks.has(timeZone)) {
    let clock: Intl.DateTimeFormat | undefined;
    try {
      clock = new Intl.DateTimeFormat('en-GB', {
        timeZone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
    } catch {
      // The catalog says something that is no zone: no time can be told.
    }
    clocks.set(timeZone, clock);
  }
  return clocks.get(timeZone);
}

/** What the clocks of a zone show, `08:46`; `undefined` where the name is of no zone. */
export function clockIn(timeZone: string, at: number): string | undefined {
  return clockOf(timeZone)?.format(at);
}

/** The place in the name of a zone: `New York`. */
export function placeOf(timeZone: string): string {
  return timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
